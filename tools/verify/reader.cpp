#include "verify/reader.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/text.h"

namespace kp::verify {
namespace {

constexpr std::size_t kMostLevels = 32;
constexpr std::size_t kMostValues = std::size_t{1} << 20U;
constexpr std::size_t kMostMembers = 64;
constexpr std::size_t kMostKeyBytes = 64;

bool is_digit(char c) {
  return '0' <= c && c <= '9';
}

void append_utf8(std::string& out, std::uint32_t c) {
  const auto put = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (c < 0x80U) {
    put(c);
  } else if (c < 0x800U) {
    put(0xC0U | (c >> 6U));
    put(0x80U | (c & 0x3FU));
  } else if (c < 0x10000U) {
    put(0xE0U | (c >> 12U));
    put(0x80U | ((c >> 6U) & 0x3FU));
    put(0x80U | (c & 0x3FU));
  } else {
    put(0xF0U | (c >> 18U));
    put(0x80U | ((c >> 12U) & 0x3FU));
    put(0x80U | ((c >> 6U) & 0x3FU));
    put(0x80U | (c & 0x3FU));
  }
}

bool is_plain_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return ' ' <= c && c <= '~'; });
}

std::string place_at(std::string_view bytes, std::size_t offset, const Source& source) {
  const std::string_view before = bytes.substr(0, std::min(offset, bytes.size()));
  const auto line = source.line + static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
  const std::size_t column = before.size() - (before.rfind('\n') + 1) + 1;  // npos + 1 == 0
  return source.file + ":" + std::to_string(line) + ":" + std::to_string(column);
}

/// A descent through one text. Every read_… returns whether it succeeded; fail() keeps the one fault.
class Reader {
 public:
  Reader(std::string_view bytes, Form form) : bytes_(bytes), canonical_(form == Form::canonical) {}

  bool read_document(Json& out) {
    skip_space();
    if (!read_value(out, 0)) return false;
    skip_space();
    return at_ == bytes_.size() || fail(Code::json_syntax, at_);
  }

  [[nodiscard]] Finding fault(const Source& source) const {
    return finding(fault_, place_at(bytes_, fault_at_, source), args_);
  }

 private:
  bool fail(Code code, std::size_t at, Args args = {}) {
    fault_ = code;
    fault_at_ = at;
    args_ = std::move(args);
    return false;
  }

  [[nodiscard]] char peek() const { return at_ < bytes_.size() ? bytes_[at_] : '\0'; }

  bool take(char c) {
    if (at_ >= bytes_.size() || bytes_[at_] != c) return false;
    ++at_;
    return true;
  }

  // Canonical JSON has no space at all: what is there will then be met as a wrong character.
  void skip_space() {
    while (!canonical_ && at_ < bytes_.size() &&
           (bytes_[at_] == ' ' || bytes_[at_] == '\t' || bytes_[at_] == '\n' || bytes_[at_] == '\r')) {
      ++at_;
    }
  }

  // A character that does not belong here: space where none may be, or no JSON at all.
  bool unexpected() {
    const char c = peek();
    const bool space = canonical_ && at_ < bytes_.size() && (c == ' ' || c == '\t' || c == '\n' || c == '\r');
    return fail(space ? Code::verify_entry_not_canonical : Code::json_syntax, at_);
  }

  bool read_value(Json& out, std::size_t level) {
    if (++values_ > kMostValues) return fail(Code::verify_dossier_json_bounds, at_);
    const char c = peek();
    if (c == '{' || c == '[') {
      if (level >= kMostLevels) return fail(Code::json_depth, at_);
      return c == '{' ? read_object(out, level) : read_array(out, level);
    }
    if (c == '"') {
      std::string text;
      if (!read_text(text)) return false;
      out = Json(std::move(text));
      return true;
    }
    if (c == '-' || is_digit(c)) return read_integer(out);
    if (read_word("true")) return set(out, Json(true));
    if (read_word("false")) return set(out, Json(false));
    if (read_word("null")) return set(out, Json());
    return unexpected();
  }

  static bool set(Json& out, Json value) {
    out = std::move(value);
    return true;
  }

  bool read_word(std::string_view word) {
    if (bytes_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  bool read_array(Json& out, std::size_t level) {
    ++at_;
    Json::Array elements;
    skip_space();
    if (!take(']')) {
      do {
        skip_space();
        Json element;
        if (!read_value(element, level + 1)) return false;
        elements.push_back(std::move(element));
        skip_space();
      } while (take(','));
      if (!take(']')) return unexpected();
    }
    return set(out, Json(std::move(elements)));
  }

  bool read_object(Json& out, std::size_t level) {
    ++at_;
    Json::Object members;
    skip_space();
    if (!take('}')) {
      do {
        skip_space();
        if (!read_member(members, level)) return false;
        skip_space();
      } while (take(','));
      if (!take('}')) return unexpected();
    }
    return set(out, Json::object(std::move(members)));
  }

  bool read_member(Json::Object& members, std::size_t level) {
    const std::size_t start = at_;
    if (peek() != '"') return unexpected();
    std::string key;
    if (!read_text(key)) return false;
    if (key.size() > kMostKeyBytes || members.size() >= kMostMembers) {
      return fail(Code::verify_dossier_json_bounds, start);
    }
    for (const Json::Member& member : members) {
      if (member.first == key) return fail(Code::json_duplicate_key, start, {key});
    }
    if (canonical_ && !members.empty() && key < members.back().first) {
      return fail(Code::verify_entry_not_canonical, start);
    }
    skip_space();
    if (!take(':')) return unexpected();
    skip_space();
    Json value;
    if (!read_value(value, level + 1)) return false;
    members.emplace_back(std::move(key), std::move(value));
    return true;
  }

  bool read_integer(Json& out) {
    const std::size_t start = at_;
    take('-');
    const std::size_t first = at_;
    while (is_digit(peek())) ++at_;
    const char next = peek();
    if (at_ == first || (bytes_[first] == '0' && at_ - first > 1)) return fail(Code::json_syntax, start);
    if (next == '.' || next == 'e' || next == 'E') return fail(Code::json_not_integer, start);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(bytes_.data() + start, bytes_.data() + at_, value);
    if (error != std::errc() || end != bytes_.data() + at_ || value > kMostInteger || value < -kMostInteger) {
      return fail(Code::json_integer_range, start);
    }
    if (canonical_ && value == 0 && first != start) return fail(Code::verify_entry_not_canonical, start);
    return set(out, Json(value));
  }

  bool read_text(std::string& out) {
    const std::size_t start = at_++;
    for (;;) {
      const std::size_t run = at_;
      while (at_ < bytes_.size() && bytes_[at_] != '"' && bytes_[at_] != '\\') {
        if (static_cast<unsigned char>(bytes_[at_]) < 0x20U) return fail(Code::json_syntax, at_);
        ++at_;
      }
      out.append(bytes_, run, at_ - run);
      if (at_ >= bytes_.size()) return fail(Code::json_syntax, at_);
      if (take('"')) break;
      if (!read_escape(out)) return false;
    }
    if (is_plain_ascii(out)) return true;
    if (!is_nfc(out)) return fail(Code::json_not_nfc, start);
    return !has_hidden_character(out) || fail(Code::json_control_character, start);
  }

  bool read_escape(std::string& out) {
    constexpr std::string_view kLetters = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    const std::size_t start = at_++;
    const std::size_t letter = at_ < bytes_.size() ? kLetters.find(bytes_[at_]) : std::string_view::npos;
    if (letter != std::string_view::npos) {
      if (canonical_ && bytes_[at_] == '/') return fail(Code::verify_entry_not_canonical, start);
      ++at_;
      out.push_back(kMeanings[letter]);
      return true;
    }
    std::uint32_t unit = 0;
    if (!take('u') || !read_unit(unit)) return fail(Code::json_syntax, start);
    if (canonical_ && unit >= 0x20U) return fail(Code::verify_entry_not_canonical, start);
    if (0xDC00U <= unit && unit <= 0xDFFFU) return fail(Code::json_surrogate, start);
    if (0xD800U <= unit && unit <= 0xDBFFU) {
      std::uint32_t low = 0;
      if (!take('\\') || !take('u') || !read_unit(low) || low < 0xDC00U || low > 0xDFFFU) {
        return fail(Code::json_surrogate, start);
      }
      unit = 0x10000U + ((unit - 0xD800U) << 10U) + (low - 0xDC00U);
    }
    append_utf8(out, unit);
    return true;
  }

  bool read_unit(std::uint32_t& out) {
    constexpr std::size_t kDigits = 4;
    if (bytes_.size() - at_ < kDigits) return false;
    const char* first = bytes_.data() + at_;
    const auto [end, error] = std::from_chars(first, first + kDigits, out, 16);
    if (error != std::errc() || end != first + kDigits) return false;
    at_ += kDigits;
    return true;
  }

  std::string_view bytes_;
  bool canonical_;
  std::size_t at_ = 0;
  std::size_t values_ = 0;
  Code fault_ = Code::json_syntax;
  std::size_t fault_at_ = 0;
  Args args_;
};

}  // namespace

Result<Json> read_json(std::string_view bytes, const Source& source, Form form) {
  if (bytes.empty()) return finding(Code::json_empty, place_at(bytes, 0, source));
  if (bytes.starts_with("\xEF\xBB\xBF")) return finding(Code::json_bom, place_at(bytes, 0, source));
  if (const auto bad = first_bad_utf8(bytes)) return finding(Code::json_utf8, place_at(bytes, *bad, source));
  Reader reader(bytes, form);
  Json json;
  if (!reader.read_document(json)) return reader.fault(source);
  return json;
}

}  // namespace kp::verify
