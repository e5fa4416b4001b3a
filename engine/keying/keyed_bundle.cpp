#include "keying/keyed_bundle.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/canon.h"
#include "base/digest.h"
#include "base/json.h"

namespace kp {
namespace {

constexpr std::string_view kFormat = "kiemphieu/keying@1";

bool is_word(std::string_view line, KeyingWord word) {
  return line.size() == 1 && line.front() == static_cast<char>(word);
}

// Without spaces around it, in small letters: how a word is recognised and a repetition compared.
std::string plain_line(std::string_view line) {
  const auto space = [](char c) { return c == ' ' || c == '\t'; };
  while (!line.empty() && space(line.front())) line.remove_prefix(1);
  while (!line.empty() && space(line.back())) line.remove_suffix(1);
  std::string plain(line);
  std::transform(plain.begin(), plain.end(), plain.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
  return plain;
}

std::vector<std::string> identity_of(const std::string& congress, const std::string& contest,
                                     const KeyingTask& task) {
  return {congress, contest, task.bundle, std::to_string(task.pass), task.station};
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " / ") + word;
  return text;
}

bool is_text(const Json* json) {
  return json != nullptr && json->is_string();
}

// Whether the file has the keys that file_bytes writes, no more, each of its type.
bool is_session(const Json& json) {
  constexpr auto kTexts =
      std::to_array<std::string_view>({"format", "congress", "contest", "list", "bundle", "station", "by"});
  if (!json.is_object() || json.members().size() != kTexts.size() + 2) return false;
  for (const std::string_view key : kTexts) {
    if (!is_text(json.find(key))) return false;
  }
  const Json* pass = json.find("pass");
  const Json* ballots = json.find("ballots");
  return pass != nullptr && pass->is_integer() && ballots != nullptr && ballots->is_array() &&
         json.at("format").string() == kFormat;
}

// One ballot of the file: [marks, flags].
std::optional<KeyedBallot> ballot_from(const Json& json, const BundleShape& shape) {
  if (!json.is_array() || json.array().size() != 2) return std::nullopt;
  const Json& marks = json.array()[0];
  const Json& flags = json.array()[1];
  if (!marks.is_string() || !flags.is_string() || marks.string().size() != shape.rows) return std::nullopt;
  KeyedBallot ballot{marks.string(), {}};
  const bool letters = std::all_of(ballot.marks.begin(), ballot.marks.end(),
                                   [&](char c) { return mark_of(c, shape.form).has_value(); });
  FlagFault fault;
  if (!letters || !parse_flags(flags.string(), ballot.flags, fault)) return std::nullopt;
  return ballot;
}

}  // namespace

std::string list_digest(const Contest& contest) {
  Json::Array names;
  for (const Row& row : contest.rows) names.emplace_back(row.name);
  return sha256_hex(canonical(Json::object({{"ballot", word(contest.ballot)}, {"rows", std::move(names)}})));
}

std::optional<std::string> list_of_session(std::string_view bytes) {
  const Result<Json> json = parse_json(bytes, {});
  if (!json || !is_session(*json)) return std::nullopt;
  return json->at("list").string();
}

KeyedBundle::KeyedBundle(const Contest& contest, KeyingTask task)
    : contest_(&contest), task_(std::move(task)) {
  KP_ASSERT(!contest.rows.empty());
}

Result<KeyedBundle> KeyedBundle::resume(std::string_view bytes, const std::string& file,
                                        const Contest& contest, KeyingTask task) {
  const Result<Json> json = parse_json(bytes, file);
  if (!json) return json.findings();
  if (!is_session(*json)) return finding(Code::key_session_damaged, file);
  KeyingTask saved;
  saved.bundle = json->at("bundle").string();
  saved.pass = json->at("pass").integer();
  saved.station = json->at("station").string();
  const auto theirs = identity_of(json->at("congress").string(), json->at("contest").string(), saved);
  const auto ours = identity_of(task.congress, contest.id, task);
  if (theirs != ours) return finding(Code::key_other_session, file, {joined(theirs), joined(ours)});
  if (json->at("by").string() != task.by) {
    return finding(Code::key_other_person, file, {json->at("by").string(), task.by});
  }
  if (json->at("list").string() != list_digest(contest))
    return finding(Code::key_other_list, file, {contest.id});
  KeyedBundle bundle(contest, std::move(task));
  for (const Json& element : json->at("ballots").array()) {
    std::optional<KeyedBallot> ballot = ballot_from(element, bundle.shape());
    if (!ballot) return finding(Code::key_session_damaged, file);
    bundle.ballots_.push_back(std::move(*ballot));
  }
  bundle.go_to_new();
  return bundle;
}

BundleShape KeyedBundle::shape() const {
  return {contest_->ballot, contest_->rows.size()};
}

Verdict KeyedBundle::verdict_on(const std::string& marks) const {
  Ballots one(contest_->ballot, contest_->rows.size());
  one.append(1, marks, Flags());
  return judge(*contest_, one).front();
}

void KeyedBundle::go(std::size_t number) {
  KP_ASSERT(number >= 1 && number <= size() + 1);
  at_ = number - 1;
  inserting_ = false;
  asked_.reset();
  asked_about_.clear();
}

Reaction KeyedBundle::leave_for(std::size_t number, std::string_view line) {
  if (plain_line(line) != text_here()) return {Became::refused, finding(Code::key_half_typed)};
  if (number < 1 || number > size() + 1) {
    return {Became::refused, finding(Code::key_no_such_ballot, {}, {std::to_string(size())})};
  }
  go(number);
  return {Became::moved, {}};
}

void KeyedBundle::go_to_new() {
  go(size() + 1);
}

std::string KeyedBundle::text_here() const {
  return is_new() || inserting_ ? std::string() : typed_text(ballots_[at_], contest_->ballot);
}

Reaction KeyedBundle::ask(std::string_view line, Finding about) {
  asked_ = std::string(line);
  asked_about_.push_back(about.code);
  return {Became::asked, std::move(about)};
}

Reaction KeyedBundle::enter(std::string_view line) {
  const std::string plain = plain_line(line);
  if (asked_ && *asked_ != plain) {
    asked_.reset();
    asked_about_.clear();
  }
  if (plain.starts_with(static_cast<char>(KeyingWord::back))) return step_back(plain);
  if (is_word(plain, KeyingWord::to_new)) {
    go_to_new();
    return {Became::moved, {}};
  }
  if (is_word(plain, KeyingWord::help)) return {Became::help, {}};
  if (is_word(plain, KeyingWord::pause)) return {Became::pause, {}};
  if (is_word(plain, KeyingWord::finish)) return finish(plain);
  if (is_word(plain, KeyingWord::remove)) return remove(plain);
  if (is_word(plain, KeyingWord::insert)) {
    if (is_new()) return {Became::refused, finding(Code::key_not_here)};
    inserting_ = true;
    return {Became::moved, {}};
  }
  return enter_ballot(plain);
}

Findings KeyedBundle::doubts_about(const KeyedBallot& ballot, bool added) const {
  Findings doubts;
  if (added && task_.counted && static_cast<std::int64_t>(size()) >= *task_.counted) {
    doubts.push_back(warning(Code::key_beyond_counted, {}, {std::to_string(*task_.counted)}));
  }
  // What cannot be read is for the board: whether the ballot is valid is not known yet.
  if (ballot.marks.find(letter(Mark::unreadable)) != std::string::npos) return doubts;
  const auto left = std::count(ballot.marks.begin(), ballot.marks.end(), letter(Mark::a));
  switch (verdict_on(ballot.marks)) {
    case Verdict::too_many:
      doubts.push_back(
          warning(Code::key_too_many, {}, {std::to_string(left), std::to_string(contest_->seats)}));
      break;
    case Verdict::nobody:
      doubts.push_back(warning(Code::key_nobody));
      break;
    case Verdict::one_name_box:
      doubts.push_back(warning(Code::key_one_box));
      break;
    default:
      break;
  }
  return doubts;
}

Reaction KeyedBundle::enter_ballot(std::string_view line) {
  Result<KeyedBallot> ballot = parse_typed(line, shape());
  if (!ballot) return {Became::refused, ballot.findings().front()};
  const bool added = is_new() || inserting_;
  for (Finding& doubt : doubts_about(*ballot, added)) {
    const bool answered =
        std::find(asked_about_.begin(), asked_about_.end(), doubt.code) != asked_about_.end();
    if (!answered) return ask(line, std::move(doubt));
  }
  const auto here = ballots_.begin() + static_cast<std::ptrdiff_t>(at_);
  if (added) {
    ballots_.insert(here, std::move(ballot).value());
  } else {
    *here = std::move(ballot).value();
  }
  go_to_new();
  return {Became::recorded, {}};
}

Reaction KeyedBundle::step_back(std::string_view line) {
  std::size_t number = at_;  // one back, counted from 1
  if (const std::string_view digits = line.substr(1); !digits.empty()) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end != digits.data() + digits.size()) number = 0;
  }
  if (number < 1 || number > size()) {
    return {Became::refused, finding(Code::key_no_such_ballot, {}, {std::to_string(size())})};
  }
  go(number);
  return {Became::moved, {}};
}

Reaction KeyedBundle::remove(std::string_view line) {
  if (is_new() || inserting_) return {Became::refused, finding(Code::key_not_here)};
  if (!asked_) return ask(line, warning(Code::key_remove, {}, {std::to_string(number())}));
  ballots_.erase(ballots_.begin() + static_cast<std::ptrdiff_t>(at_));
  go_to_new();
  return {Became::removed, {}};
}

Reaction KeyedBundle::finish(std::string_view line) {
  if (ballots_.empty()) return {Became::refused, finding(Code::key_nothing_yet)};
  const std::string keyed = std::to_string(size());
  if (!task_.counted) {
    return asked_ ? Reaction{Became::finish, {}} : ask(line, warning(Code::key_count_again, {}, {keyed}));
  }
  if (*task_.counted == static_cast<std::int64_t>(size())) return {Became::finish, {}};
  return {Became::refused, finding(Code::key_counted, {}, {keyed, std::to_string(*task_.counted)})};
}

std::string KeyedBundle::file_bytes() const {
  Json::Array ballots;
  for (const KeyedBallot& ballot : ballots_) {
    ballots.emplace_back(Json::Array{ballot.marks, to_text(ballot.flags)});
  }
  return canonical(Json::object({{"format", kFormat},
                                 {"congress", task_.congress},
                                 {"contest", contest_->id},
                                 {"list", list_digest(*contest_)},
                                 {"bundle", task_.bundle},
                                 {"pass", task_.pass},
                                 {"station", task_.station},
                                 {"by", task_.by},
                                 {"ballots", std::move(ballots)}}));
}

std::string KeyedBundle::csv() const {
  std::string csv;
  std::uint32_t number = 0;
  for (const KeyedBallot& ballot : ballots_) append_csv(csv, ++number, ballot.marks, ballot.flags);
  return csv;
}

}  // namespace kp
