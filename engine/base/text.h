// Text in Vietnamese: normal form, names, their order, their width on a terminal.
//
// Everything here works on UTF-8 and rests on ICU; none of it looks at the machine's locale.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace kp {

/// Purpose: the byte offset of the first malformed UTF-8 sequence, or nothing when `bytes` is valid UTF-8.
std::optional<std::size_t> first_bad_utf8(std::string_view bytes);

/// Purpose: whether valid UTF-8 `text` is in Unicode normalization form C.
bool is_nfc(std::string_view text);

/// Purpose: valid UTF-8 `text` in normalization form C.
std::string to_nfc(std::string_view text);

/// Purpose: whether `text` holds a character that can hide or steer what is shown: control characters and
/// invisible format characters (general categories Cc, Cf, Co, Cs, Zl, Zp).
bool has_hidden_character(std::string_view text);

/// Purpose: valid UTF-8 `text` without spaces around it and with one space where it has several; "" when it
/// is nothing but spaces.
std::string tidied(std::string_view text);

/// Purpose: valid UTF-8 `text` in capital letters, NFC, as heads of papers have it.
std::string in_capitals(std::string_view text);

/// Purpose: valid UTF-8 `text` with a capital first letter, as sentences begin.
std::string in_sentence_case(std::string_view text);

/// Purpose: one key for all ways of writing the same person's name.
/// Promise: letter case, runs of spaces, and the place of the tone mark within a syllable (Hoà, Hòa) make no
/// difference; everything else does. For comparing, never for showing.
std::string name_key(std::string_view name);

/// Purpose: the order of two personal names on a Vietnamese list: given name (the last word), then family
/// name (the first), then the middle words; letters a ă â b c d đ e ê …, then tones ngang huyền hỏi ngã sắc
/// nặng. Returns: negative, zero or positive. Rules: R4.1 (given name: secondary), R4.2 R4.3 R4.6 (family and
/// middle name, tones: unverified).
int compare_names(std::string_view left, std::string_view right);

/// Purpose: valid UTF-8 `text` as lower-case ASCII words joined by hyphens: Đảng bộ xã Yên Hoà →
/// dang-bo-xa-yen-hoa. For ids and file names, never for showing.
std::string ascii_words(std::string_view text);

/// Purpose: the number of terminal columns `text` takes.
std::size_t display_width(std::string_view text);

/// Purpose: `text` filled with spaces to `width` columns, on the right or, for figures, on the left.
std::string pad_right(std::string_view text, std::size_t width);
std::string pad_left(std::string_view text, std::size_t width);

}  // namespace kp
