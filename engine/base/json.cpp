#include "base/json.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace kp {
namespace {

constexpr std::size_t kMostDepth = 32;

std::string at_byte(const std::string& file, std::string_view bytes, std::size_t offset) {
  const std::string_view before = bytes.substr(0, std::min(offset, bytes.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 == 0
  return file + ":" + std::to_string(line) + ":" + std::to_string(before.size() - line_start + 1);
}

/// Builds a Json from the library's events and keeps a finding for everything the library lets pass.
class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  Builder(std::string_view bytes, const std::string& file) : bytes_(bytes), file_(file) {}

  bool null() override { return put(Json()); }
  bool boolean(bool value) override { return put(value); }
  bool number_integer(number_integer_t value) override { return put_integer(value, value >= -kMostInteger); }
  bool number_unsigned(number_unsigned_t value) override {
    const bool fits = value <= static_cast<number_unsigned_t>(kMostInteger);
    return put_integer(fits ? static_cast<std::int64_t>(value) : 0, fits);
  }
  bool number_float(number_float_t, const string_t& text) override {
    const bool integer = text.find_first_of(".eE") == std::string::npos;
    note(integer ? Code::json_integer_range : Code::json_not_integer);
    return put(0);
  }
  bool string(string_t& value) override {
    check_text(value);
    return put(std::move(value));
  }
  bool binary(binary_t&) override { return false; }

  bool start_object(std::size_t) override { return open(true); }
  bool start_array(std::size_t) override { return open(false); }
  bool key(string_t& value) override {
    frames_.back().key = std::move(value);
    check_text(frames_.back().key);
    return true;
  }
  bool end_object() override {
    Frame frame = std::move(frames_.back());
    std::stable_sort(frame.members.begin(), frame.members.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    frames_.pop_back();
    for (std::size_t i = 1; i < frame.members.size(); ++i) {
      if (frame.members[i - 1].first == frame.members[i].first) {
        findings_.push_back(finding(Code::json_duplicate_key, pointer_to(place(), frame.members[i].first),
                                    {frame.members[i].first}));
      }
    }
    frame.members.erase(std::unique(frame.members.begin(), frame.members.end(),
                                    [](const auto& a, const auto& b) { return a.first == b.first; }),
                        frame.members.end());
    return put(Json::object(std::move(frame.members)));
  }
  bool end_array() override {
    Json::Array elements = std::move(frames_.back().elements);
    frames_.pop_back();
    return put(std::move(elements));
  }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    const bool surrogate = std::string_view(error.what()).find("surrogate") != std::string_view::npos;
    findings_.push_back(finding(surrogate ? Code::json_surrogate : Code::json_syntax,
                                at_byte(file_, bytes_, position == 0 ? 0 : position - 1)));
    return false;
  }

  FaultyJson finish(bool to_the_end) && {
    return {to_the_end ? std::optional(std::move(root_)) : std::nullopt, std::move(findings_)};
  }

 private:
  struct Frame {
    bool is_object = false;
    std::string key;
    Json::Object members;
    Json::Array elements;
  };

  // The JSON pointer of the value that comes next.
  [[nodiscard]] std::string place() const {
    std::string pointer;
    for (const Frame& frame : frames_) {
      pointer = frame.is_object ? pointer_to(pointer, frame.key) : pointer_to(pointer, frame.elements.size());
    }
    return pointer;
  }

  void note(Code code) { findings_.push_back(finding(code, place())); }

  void check_text(const std::string& text) {
    if (!is_nfc(text)) note(Code::json_not_nfc);
    if (has_hidden_character(text)) note(Code::json_control_character);
  }

  bool open(bool is_object) {
    if (frames_.size() >= kMostDepth) {
      note(Code::json_depth);
      return false;
    }
    frames_.push_back({is_object, {}, {}, {}});
    return true;
  }

  bool put_integer(std::int64_t value, bool fits) {
    if (!fits) note(Code::json_integer_range);
    return put(fits ? value : 0);
  }

  bool put(Json value) {
    if (frames_.empty()) {
      root_ = std::move(value);
    } else if (Frame& frame = frames_.back(); frame.is_object) {
      frame.members.emplace_back(frame.key, std::move(value));
    } else {
      frame.elements.push_back(std::move(value));
    }
    return true;
  }

  std::string_view bytes_;
  const std::string& file_;
  std::vector<Frame> frames_;
  Json root_;
  Findings findings_;
};

}  // namespace

Json Json::object(Object members) {
  std::sort(members.begin(), members.end(),
            [](const Member& a, const Member& b) { return a.first < b.first; });
  const bool unique =
      std::adjacent_find(members.begin(), members.end(), [](const Member& a, const Member& b) {
        return a.first == b.first;
      }) == members.end();
  KP_ASSERT(unique);
  Json json;
  json.value_ = std::move(members);
  return json;
}

const Json* Json::find(std::string_view key) const {
  const Object& object = members();
  const auto it = std::lower_bound(object.begin(), object.end(), key,
                                   [](const Member& member, std::string_view k) { return member.first < k; });
  return it != object.end() && it->first == key ? &it->second : nullptr;
}

const Json& Json::at(std::string_view key) const {
  const Json* member = find(key);
  KP_ASSERT(member != nullptr);
  return *member;
}

void Json::set(std::string_view key, Json value) {
  KP_ASSERT(is_object());
  Object& object = std::get<Object>(value_);
  const auto it = std::lower_bound(object.begin(), object.end(), key,
                                   [](const Member& member, std::string_view k) { return member.first < k; });
  if (it != object.end() && it->first == key) {
    it->second = std::move(value);
  } else {
    object.insert(it, {std::string(key), std::move(value)});
  }
}

FaultyJson parse_faulty_json(std::string_view bytes, const std::string& file) {
  const auto refused = [](Code code, std::string where) {
    return FaultyJson{{}, {finding(code, std::move(where))}};
  };
  if (bytes.empty()) return refused(Code::json_empty, file);
  if (bytes.starts_with("\xEF\xBB\xBF")) return refused(Code::json_bom, file + ":1:1");
  if (const auto bad = first_bad_utf8(bytes)) return refused(Code::json_utf8, at_byte(file, bytes, *bad));
  // The library takes a zero byte for the end and would not look at what lies behind it.
  if (const std::size_t zero = bytes.find('\0'); zero != std::string_view::npos)
    return refused(Code::json_syntax, at_byte(file, bytes, zero));
  Builder builder(bytes, file);
  const bool to_the_end = nlohmann::json::sax_parse(bytes.begin(), bytes.end(), &builder);
  return std::move(builder).finish(to_the_end);
}

Result<Json> parse_json(std::string_view bytes, const std::string& file) {
  FaultyJson read = parse_faulty_json(bytes, file);
  if (!read.findings.empty()) return std::move(read.findings);
  return *std::move(read.value);
}

std::string pointer_to(std::string_view pointer, std::string_view step) {
  std::string out(pointer);
  out.push_back('/');
  for (const char c : step) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out.push_back(c);
    }
  }
  return out;
}

std::string pointer_to(std::string_view pointer, std::size_t index) {
  return pointer_to(pointer, std::to_string(index));
}

}  // namespace kp
