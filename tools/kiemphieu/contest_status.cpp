#include "kiemphieu/contest_status.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/digest.h"
#include "kiemphieu/reply.h"
#include "proceedings/gate.h"

namespace kp {
namespace {

/// Writes the commands that come next for one contest, in the order in which they are to be typed.
class NextCommands {
 public:
  NextCommands(const ContestStatus& status, const Congress& congress, const std::string& path)
      : status_(status), contest_(*status.contest), path_(quoted(path)) {
    at_ = fmt::format("{} {}", path_, contest_.contest.id);
    // In practice the head of the board stands behind a command that names nobody.
    if (congress.purpose == Purpose::official) {
      one_ = " --by " + quoted(head_of(board_of(congress, contest_.contest)));
    }
  }

  std::vector<std::string> make() && {
    if (contest_.standing() != nullptr) {
      add_after_result();
    } else {
      add_before_result();
    }
    return std::move(next_);
  }

 private:
  static constexpr std::string_view kTwo = "--by … --by … --note …";

  void add(std::string command) { next_.push_back("kiemphieu " + std::move(command)); }

  void add_after_result() {
    const ResultEntry& standing = *contest_.standing();
    const Json& action = standing.result.at("next").at("action");
    if (static_cast<std::int64_t>(standing.signatures.size()) < status_.signatures_required) {
      add(fmt::format("sign {}.json --cert … --key … --record {}{}", contest_.contest.id, path_, one_));
    }
    if (!action.is_string() || standing.decision) return;
    const std::string& word = action.string();
    if (word == "none" || word == "superior-appoints") return;
    add(fmt::format("decide {} --action {} --votes-for … --of … --note …{}", at_,
                    word == "presiding-body-decides" ? "…" : word, one_));
  }

  void add_before_result() {
    const Box* box = contest_.box();
    if (box == nullptr) return add(fmt::format("box {} --issued … --returned …{}", at_, one_));
    if (box->returned > box->issued && !contest_.before_result) {
      add(fmt::format("decide {} --action void --votes-for … --of … --note …{}", at_, one_));
    }
    add_passes(*box);
    if (status_.first_difference) {
      const BallotPlace& place = *status_.first_difference;
      add(fmt::format("compare {}", at_));
      add(fmt::format("correct {} --bundle {} --pass … --ballot {} {} {}", at_, place.bundle, place.ballot,
                      place.row == 0 ? "--flags …" : fmt::format("--row {}=…", place.row), kTwo));
    }
    if (status_.first_unreadable) {
      const BallotPlace& place = *status_.first_unreadable;
      add(fmt::format("rule {} --bundle {} --ballot {} --row {}=… {}", at_, place.bundle, place.ballot,
                      place.row, kTwo));
    } else if (status_.doubtful > 0) {
      add(fmt::format("rule {} --confirm-flags --by … --by …", at_));
    }
    if (status_.gate.empty()) add(fmt::format("result {} -o .{}", at_, one_));
  }

  // Passes that are to be keyed, then the import of what was keyed.
  void add_passes(const Box& box) {
    const std::size_t before = next_.size();
    constexpr std::size_t kMostShown = 3;
    for (std::size_t i = 0; i < std::min(kMostShown, status_.missing.size()); ++i) {
      add(fmt::format("key {} --bundle {} --pass {} --station … --by …", at_, status_.missing[i].bundle,
                      status_.missing[i].pass));
    }
    if (status_.ballots < box.returned) {
      add(fmt::format("key {} --bundle {} --pass 1 --station … --by …", at_,
                      status_.bundles == 0 ? "01" : "…"));
    }
    if (next_.size() > before) add(fmt::format("import {} …{}", path_, one_));
  }

  const ContestStatus& status_;
  const ContestHistory& contest_;
  std::string path_;
  std::string at_;
  std::string one_;
  std::vector<std::string> next_;
};

// The lowest pass number of a bundle that was never used, retracted or not.
std::int64_t unused_pass(const ContestHistory& contest, const std::string& bundle) {
  const auto passes = contest.bundles.find(bundle);
  std::int64_t pass = 1;
  while (passes != contest.bundles.end() && passes->second.contains(pass)) ++pass;
  return pass;
}

// The first row of a ballot that some pass could not read.
std::uint32_t unreadable_row(const BundleReading& reading, std::uint32_t ballot) {
  for (const PassReading& pass : reading.passes) {
    const std::size_t index = pass.ballots.find(ballot);
    if (index == pass.ballots.size()) continue;
    const std::size_t at = pass.ballots.marks(index).find('?');
    if (at != std::string::npos) return static_cast<std::uint32_t>(at) + 1;
  }
  return 0;
}

void take_in(ContestStatus& status, const BundleReading& reading) {
  const ContestHistory& contest = *status.contest;
  for (const Doubt& doubt : doubts(contest, reading)) {
    ++status.doubtful;
    if (doubt.unreadable && !status.first_unreadable) {
      status.first_unreadable = {reading.bundle, doubt.ballot, unreadable_row(reading, doubt.ballot)};
    }
  }
  std::uint32_t last = 0;
  for (const Difference& difference : differences(reading)) {
    status.differing += difference.ballot == last ? 0 : 1;
    last = difference.ballot;
    if (!status.first_difference) {
      status.first_difference = {reading.bundle, difference.ballot, difference.row};
    }
  }
}

}  // namespace

ContestStatus status_of(const RecordView& view, const ContestHistory& contest, const std::string& path) {
  ContestStatus status;
  status.contest = &contest;
  status.passes_required = view.history().congress.passes_required;
  status.signatures_required = view.history().congress.signatures_required;
  Gate gate(view.history(), contest);
  for (const std::string& bundle : contest.bundles_in_force()) {
    const std::vector<const BundlePass*> passes = contest.passes_in_force(bundle);
    ++status.bundles;
    status.ballots += passes.front()->ballots;
    const std::int64_t missing = status.passes_required - static_cast<std::int64_t>(passes.size());
    if (missing > 0) {
      status.passes_missing += missing;
      status.missing.push_back({bundle, unused_pass(contest, bundle)});
    }
    if (contest.standing() != nullptr) continue;  // what was differing or doubtful has been settled
    const Result<BundleReading> reading = read_bundle(contest, bundle, view.fetch());
    if (!reading) {
      add(status.gate, reading.findings());
      continue;
    }
    gate.add(*reading);
    take_in(status, *reading);
  }
  if (contest.standing() == nullptr) add(status.gate, gate.finish());
  if (!std::filesystem::is_directory(path) && !view.history().closed) {
    status.next = NextCommands(status, view.history().congress, path).make();
  }
  return status;
}

std::string status_text(const ContestStatus& status, Language language) {
  const bool vi = language == Language::vi;
  const ContestHistory& contest = *status.contest;
  std::string text = fmt::format("\n{} — {}\n", contest.contest.id, contest.contest.title);
  if (const Box* box = contest.box()) {
    text += fmt::format(fmt::runtime(vi ? "  phát ra {}, thu về {}" : "  issued {}, returned {}"),
                        box->issued, box->returned);
  } else {
    text += vi ? "  chưa ghi số phiếu phát ra, thu về" : "  issued and returned not recorded yet";
  }
  text += fmt::format(fmt::runtime(vi ? "; {} xấp, {} phiếu\n" : "; {} bundles, {} ballots\n"),
                      status.bundles, status.ballots);
  const auto line = [&](std::int64_t n, const Text& what) {
    if (n > 0) text += fmt::format("  {}: {}\n", what.in(language), n);
  };
  line(status.passes_missing, {"còn thiếu lượt nhập", "passes missing"});
  constexpr std::size_t kMostMissing = 12;
  for (std::size_t i = 0; i < std::min(kMostMissing, status.missing.size()); ++i) {
    text +=
        fmt::format(fmt::runtime(vi ? "    xấp {}: chưa có lượt {}\n" : "    bundle {}: pass {} to come\n"),
                    status.missing[i].bundle, status.missing[i].pass);
  }
  line(status.differing, {"phiếu các lượt đọc khác nhau", "ballots read differently"});
  line(status.doubtful, {"phiếu chờ kết luận", "ballots waiting for the board"});
  if (const ResultEntry* standing = contest.standing()) {
    text += fmt::format(fmt::runtime(vi ? "  đã có kết quả, {} chữ ký (cần {})\n    mã số: {}\n"
                                        : "  result stands, {} signatures ({} needed)\n    digest: {}\n"),
                        standing->signatures.size(), status.signatures_required,
                        in_groups_of_four(standing->sha256));
  }
  for (const Finding& finding : status.gate) text += fmt::format("  {}\n", line_of(finding, language));
  for (const std::string& command : status.next) text += fmt::format("  → {}\n", command);
  return text;
}

Json status_json(const ContestStatus& status, Language language) {
  const ContestHistory& contest = *status.contest;
  Json::Array next;
  for (const std::string& command : status.next) next.emplace_back(command);
  Json json = Json::object({{"id", contest.contest.id},
                            {"title", contest.contest.title},
                            {"bundles", status.bundles},
                            {"ballots", status.ballots},
                            {"passes_missing", status.passes_missing},
                            {"differing", status.differing},
                            {"doubtful", status.doubtful},
                            {"gate", findings_json(status.gate, language)},
                            {"next", std::move(next)}});
  if (const Box* box = contest.box()) {
    json.set("box", Json::object({{"issued", box->issued}, {"returned", box->returned}}));
  }
  if (const ResultEntry* standing = contest.standing()) {
    json.set("result", Json::object({{"seq", standing->seq},
                                     {"sha256", standing->sha256},
                                     {"outcome", standing->result.at("outcome")},
                                     {"signatures", static_cast<std::int64_t>(standing->signatures.size())},
                                     {"signatures_required", status.signatures_required}}));
  }
  return json;
}

}  // namespace kp
