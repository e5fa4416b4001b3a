// The little of DER that the signature check must see for itself: the version numbers of SignedData.
//
// The library reads them and never asks what they are; a byte that nobody looks at is a byte that anyone may
// change.
#pragma once

#include <string_view>

namespace kp::verify {

/// Purpose: whether the version numbers in a SignedData (RFC 5652 §5.1, §5.3) are those its content demands:
/// 1, or 3
///          where a signer is named by key identifier.
/// In: the DER of a ContentInfo; anything else gives false.
bool has_right_versions(std::string_view content_info);

}  // namespace kp::verify
