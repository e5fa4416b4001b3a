#include "verify/survey.h"

#include <algorithm>

#include "verify/tree.h"

namespace kp::verify {
namespace {

constexpr std::size_t kMostUnusable = 100;
constexpr std::size_t kMostRows = 4096;

/// Carries what one line needs to know of those before it.
class Walk {
 public:
  Walk(const Congress* congress, const std::vector<Digest>& wanted, Faults& faults)
      : wanted_(wanted), faults_(faults) {
    survey_.wanted_sizes.resize(wanted.size());
    if (congress == nullptr) return;
    for (const Contest& contest : congress->contests) rules_[contest.id] = rule_of(contest);
  }

  void take(std::string_view bytes, std::uint64_t line) {
    if (survey_.unusable.size() < kMostUnusable) {
      Result<Entry> entry = parse_entry(bytes, line);
      if (entry) {
        take_entry(*entry);
      } else {
        faults_.add(entry.findings());
        survey_.unusable.insert(line);
        ++expected_seq_;
      }
    } else {
      survey_.broken = true;
    }
    tree_.append(bytes);
    if (wanted_.empty()) return;
    const Digest root = tree_.root();
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      if (wanted_[i] == root) survey_.wanted_sizes[i] = tree_.size();
    }
  }

  Survey finish() && {
    survey_.size = tree_.size();
    survey_.root = tree_.root();
    std::map<BundleKey, std::shared_ptr<const std::vector<std::uint32_t>>>& apart = survey_.apart;
    for (auto& [key, numbers] : apart_) {
      std::sort(numbers.begin(), numbers.end());
      numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
      apart[key] = std::make_shared<const std::vector<std::uint32_t>>(std::move(numbers));
    }
    for (auto& [line, pass] : survey_.passes) {
      const auto it = apart.find({pass.contest, pass.bundle});
      if (it != apart.end()) pass.apart = it->second;
    }
    return std::move(survey_);
  }

 private:
  void take_entry(const Entry& entry) {
    if (entry.seq != expected_seq_) {
      faults_.add(Code::verify_entry_seq, place_of(entry.line),
                  {std::to_string(entry.seq), std::to_string(expected_seq_)});
    }
    expected_seq_ = entry.seq + 1;
    if (entry.at < last_at_)
      faults_.add(Code::verify_entry_time_back, place_of(entry.line), {entry.at, last_at_});
    last_at_ = std::max(last_at_, entry.at);
    switch (entry.kind) {
      case Kind::contest:
        redefine(entry.body.at("contest"));
        break;
      case Kind::decision:
        if (const Json* opens = entry.body.find("opens")) redefine(*opens);
        break;
      case Kind::bundle:
        take_bundle(entry);
        break;
      case Kind::correction:
      case Kind::ruling:
        apart_[{text_at(entry, "contest"), text_at(entry, "bundle")}].push_back(
            static_cast<std::uint32_t>(number_at(entry, "ballot")));
        break;
      case Kind::result:
        survey_.root_before[entry.line] = tree_.root();
        survey_.last_result[text_at(entry, "contest")] = entry.line;
        break;
      case Kind::reopened:
        survey_.last_result.erase(text_at(entry, "contest"));
        break;
      default:
        break;
    }
  }

  // Just what the ballots' form depends on; whether it is a contest at all is judged when the record is
  // replayed.
  void redefine(const Json& json) {
    const Json* id = json.find("id");
    const Json* rows = json.find("rows");
    const Json* seats = json.find("seats");
    const auto text = [&](std::string_view key) {
      const Json* value = json.find(key);
      return value != nullptr && value->is_string() ? std::string_view(value->string()) : std::string_view();
    };
    const std::optional<BallotForm> form = named<BallotForm>(text("ballot"));
    if (id == nullptr || !id->is_string() || rows == nullptr || !rows->is_array() || !form) return;
    if (rows->array().size() > kMostRows) return;
    const std::int64_t chosen = seats != nullptr && seats->is_integer() ? seats->integer() : 0;
    rules_[id->string()] = {*form, rows->array().size(), chosen,
                            text("question") == word(Question::election)};
  }

  void take_bundle(const Entry& entry) {
    Pass pass{entry.line, text_at(entry, "contest"), text_at(entry, "bundle"), entry.body, {}, {}, {}};
    const auto it = rules_.find(pass.contest);
    if (it != rules_.end()) pass.rule = it->second;
    survey_.passes.emplace(entry.line, std::move(pass));
  }

  const std::vector<Digest>& wanted_;
  Faults& faults_;
  Survey survey_;
  Tree tree_;
  std::map<std::string, BallotRule, std::less<>> rules_;
  std::map<BundleKey, std::vector<std::uint32_t>> apart_;
  std::int64_t expected_seq_ = 0;
  std::string last_at_;
};

}  // namespace

Survey survey_record(std::string_view bytes, const Congress* congress, const std::vector<Digest>& wanted,
                     Faults& faults) {
  if (bytes.empty()) faults.add(Code::verify_entry_none, "record.jsonl");
  if (!bytes.empty() && bytes.back() != '\n') faults.add(Code::verify_entry_line_end, "record.jsonl");
  Walk walk(congress, wanted, faults);
  for_each_line(bytes, [&](std::string_view line, std::uint64_t number) { walk.take(line, number); });
  return std::move(walk).finish();
}

}  // namespace kp::verify
