#include "base/text.h"

#include <unicode/coll.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <memory>
#include <vector>

#include "base/check.h"

namespace kp {
namespace {

using icu::UnicodeString;

UnicodeString wide(std::string_view text) {
  return UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

std::string narrow(const UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

/// The characters of valid UTF-8, one after the other.
class Characters {
 public:
  explicit Characters(std::string_view text) : text_(text) {}

  std::optional<UChar32> next() {
    if (at_ == text_.size()) return std::nullopt;
    const auto* const data = reinterpret_cast<const std::uint8_t*>(text_.data());
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(data, at_, text_.size(), c);
    return c;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

const icu::Normalizer2& nfc() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* instance = icu::Normalizer2::getNFCInstance(status);
  KP_ASSERT(U_SUCCESS(status));
  return *instance;
}

const icu::Normalizer2& nfd() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* instance = icu::Normalizer2::getNFDInstance(status);
  KP_ASSERT(U_SUCCESS(status));
  return *instance;
}

// More marks on one letter than any writing puts there (UAX #15, Stream-Safe Text): ordering them costs the
// square of their number, and a file could hold a million.
bool has_too_many_marks(std::string_view text) {
  constexpr std::size_t kMostMarks = 30;
  constexpr UChar32 kFirstMark = 0x300;  // no mark takes less than two bytes
  if (text.size() <= 2 * kMostMarks) return false;
  std::size_t marks = 0;
  Characters characters(text);
  while (const auto c = characters.next()) {
    marks = *c >= kFirstMark && u_getCombiningClass(*c) != 0 ? marks + 1 : 0;
    if (marks > kMostMarks) return true;
  }
  return false;
}

const icu::Collator& vietnamese() {
  static const std::unique_ptr<icu::Collator> collator = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Collator> made(icu::Collator::createInstance(icu::Locale("vi"), status));
    KP_ASSERT(U_SUCCESS(status));
    return made;
  }();
  return *collator;
}

bool is_tone(UChar32 c) {
  // Combining grave, acute, tilde, hook above, dot below: huyền, sắc, ngã, hỏi, nặng.
  return c == 0x0300 || c == 0x0301 || c == 0x0303 || c == 0x0309 || c == 0x0323;
}

// The words of a name, decomposed, each with its tone mark moved behind its letters, so that the two accepted
// ways of placing a tone (hoà, hòa) are one.
std::vector<UnicodeString> words_of(std::string_view name) {
  UErrorCode status = U_ZERO_ERROR;
  const UnicodeString decomposed = nfd().normalize(wide(name), status);
  KP_ASSERT(U_SUCCESS(status));
  std::vector<UnicodeString> words;
  UnicodeString letters;
  UnicodeString tones;
  const auto finish_word = [&] {
    if (!letters.isEmpty() || !tones.isEmpty()) words.push_back(letters + tones);
    letters.remove();
    tones.remove();
  };
  for (int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
    const UChar32 c = decomposed.char32At(i);
    if (u_isUWhiteSpace(c)) {
      finish_word();
    } else {
      (is_tone(c) ? tones : letters).append(c);
    }
  }
  finish_word();
  return words;
}

struct NameParts {
  UnicodeString given, family, middle;
};

NameParts parts_of(std::string_view name) {
  const std::vector<UnicodeString> words = words_of(name);
  NameParts parts;
  if (words.empty()) return parts;
  parts.given = words.back();
  if (words.size() > 1) parts.family = words.front();
  for (std::size_t i = 1; i + 1 < words.size(); ++i) parts.middle.append(words[i]).append(UChar32{' '});
  return parts;
}

int compare_words(const UnicodeString& left, const UnicodeString& right) {
  UErrorCode status = U_ZERO_ERROR;
  const UCollationResult order = vietnamese().compare(left, right, status);
  KP_ASSERT(U_SUCCESS(status));
  return static_cast<int>(order);
}

}  // namespace

std::optional<std::size_t> first_bad_utf8(std::string_view bytes) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  std::size_t i = 0;
  while (i < bytes.size()) {
    const std::size_t start = i;
    UChar32 c = 0;
    U8_NEXT(data, i, bytes.size(), c);
    if (c < 0) return start;
  }
  return std::nullopt;
}

bool is_nfc(std::string_view text) {
  if (has_too_many_marks(text)) return false;
  UErrorCode status = U_ZERO_ERROR;
  const bool normal =
      nfc().isNormalizedUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), status);
  KP_ASSERT(U_SUCCESS(status));
  return normal;
}

std::string to_nfc(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const UnicodeString normal = nfc().normalize(wide(text), status);
  KP_ASSERT(U_SUCCESS(status));
  return narrow(normal);
}

bool has_hidden_character(std::string_view text) {
  constexpr std::uint32_t kHidden =
      U_GC_CC_MASK | U_GC_CF_MASK | U_GC_CO_MASK | U_GC_CS_MASK | U_GC_ZL_MASK | U_GC_ZP_MASK;
  Characters characters(text);
  while (const auto c = characters.next()) {
    if ((U_GET_GC_MASK(*c) & kHidden) != 0) return true;
  }
  return false;
}

std::string tidied(std::string_view text) {
  UnicodeString tidy;
  bool gap = false;
  Characters characters(text);
  while (const auto c = characters.next()) {
    if (u_isUWhiteSpace(*c)) {
      gap = !tidy.isEmpty();
      continue;
    }
    if (gap) tidy.append(UChar32{' '});
    gap = false;
    tidy.append(*c);
  }
  return narrow(tidy);
}

std::string in_capitals(std::string_view text) {
  return to_nfc(narrow(wide(text).toUpper(icu::Locale::getRoot())));
}

std::string in_sentence_case(std::string_view text) {
  const UnicodeString all = wide(text);
  const int32_t first = all.moveIndex32(0, 1);
  return in_capitals(narrow(UnicodeString(all, 0, first))) + narrow(UnicodeString(all, first));
}

std::string name_key(std::string_view name) {
  UnicodeString key;
  for (const UnicodeString& word : words_of(name)) key.append(word).append(UChar32{' '});
  return narrow(key.foldCase());
}

int compare_names(std::string_view left, std::string_view right) {
  const NameParts a = parts_of(left);
  const NameParts b = parts_of(right);
  if (const int order = compare_words(a.given, b.given); order != 0) return order;
  if (const int order = compare_words(a.family, b.family); order != 0) return order;
  return compare_words(a.middle, b.middle);
}

std::string ascii_words(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  UnicodeString letters = nfd().normalize(wide(text), status);
  KP_ASSERT(U_SUCCESS(status));
  letters.foldCase();
  std::string words;
  bool gap = false;
  for (int32_t i = 0; i < letters.length(); i = letters.moveIndex32(i, 1)) {
    const UChar32 c = letters.char32At(i);
    if (u_charType(c) == U_NON_SPACING_MARK) continue;
    constexpr UChar32 kDWithStroke = 0x0111;
    const char ascii = c == kDWithStroke ? 'd' : c < 0x80 ? static_cast<char>(c) : ' ';
    if ((ascii < 'a' || ascii > 'z') && (ascii < '0' || ascii > '9')) {
      gap = !words.empty();
      continue;
    }
    if (gap) words.push_back('-');
    gap = false;
    words.push_back(ascii);
  }
  return words;
}

std::size_t display_width(std::string_view text) {
  std::size_t columns = 0;
  Characters characters(text);
  while (const auto c = characters.next()) {
    if ((U_GET_GC_MASK(*c) & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK)) != 0) continue;
    const int width = u_getIntPropertyValue(*c, UCHAR_EAST_ASIAN_WIDTH);
    columns += (width == U_EA_WIDE || width == U_EA_FULLWIDTH) ? 2 : 1;
  }
  return columns;
}

std::string pad_right(std::string_view text, std::size_t width) {
  const std::size_t columns = display_width(text);
  return std::string(text) + std::string(columns < width ? width - columns : 0, ' ');
}

std::string pad_left(std::string_view text, std::size_t width) {
  const std::size_t columns = display_width(text);
  return std::string(columns < width ? width - columns : 0, ' ') + std::string(text);
}

}  // namespace kp
