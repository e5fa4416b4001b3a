// Three small notations: base64, instants, and digests as people type them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/digest.h"

namespace kp::verify {

/// Purpose: the bytes that a base64 text (RFC 4648, padded, no line breaks) stands for.
/// Returns: nothing when `text` is not the one base64 text of any bytes.
std::optional<std::string> from_base64(std::string_view text);

/// Purpose: the seconds since 1970 of an instant written `2026-11-22T19:30:00Z`.
/// Returns: nothing when it is no such text or names no second of the calendar.
std::optional<std::int64_t> seconds_of(std::string_view instant);

/// Purpose: a SHA-256 as someone typed it from paper: 64 hex digits in either case, spaces between them.
/// Returns: 64 lower-case digits, or nothing.
std::optional<std::string> typed_digest(std::string_view text);

/// Purpose: a tree root as someone typed it: hex like typed_digest, or base64 of 32 bytes.
std::optional<Digest> typed_root(std::string_view text);

}  // namespace kp::verify
