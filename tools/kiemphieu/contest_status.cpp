#include "kiemphieu/contest_status.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/digest.h"
#include "base/file.h"
#include "intake/manifest.h"
#include "kiemphieu/packing.h"
#include "kiemphieu/reply.h"
#include "outcome/election.h"
#include "proceedings/gate.h"
#include "proceedings/setup.h"
#include "sheet/hand_count.h"
#include "sheet/words.h"

namespace kp {
namespace {

namespace fs = std::filesystem;

/// Writes the commands that come next for one contest, in the order in which they are to be typed.
class NextCommands {
 public:
  NextCommands(const ContestStatus& status, const Congress& congress, const std::string& path)
      : status_(status), contest_(*status.contest), path_(quoted(path)) {
    at_ = fmt::format("{} {}", path_, contest_.contest.id);
    // In practice the head of the board stands behind a command that names nobody.
    official_ = congress.purpose == Purpose::official;
    if (official_) {
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
    if (static_cast<std::int64_t>(standing.signatures.size()) < status_.signatures_required) {
      add(fmt::format("sign {}.json --cert … --key … --record {}{}", contest_.contest.id, path_, one_));
    }
    const Json& action = standing.result.at("next").at("action");
    if (!action.is_string() || standing.decision) return;
    std::string chosen = action.string();
    if (chosen == word(Action::none) || chosen == word(Action::superior_appoints)) return;
    if (chosen == word(Action::presiding_body_decides))
      chosen = status_.choices.size() == 1 ? word(status_.choices.front()) : "…";
    add(fmt::format("decide {} --action {} --votes-for … --of … --note …{}", at_, chosen, one_));
  }

  void add_before_result() {
    const Box* box = contest_.box();
    if (box == nullptr) {
      add_proof();
      return add(fmt::format("box {} --issued … --returned …{}", at_, one_));
    }
    if (box->returned > box->issued && !contest_.before_result) {
      add(fmt::format("box {} --issued … --returned … {}", at_, kTwo));
      add(fmt::format("decide {} --action void --votes-for … --of … --note …{}", at_, one_));
    }
    add_passes(*box);
    if (!status_.differing.empty()) {
      const BallotPlace& place = status_.differing.front();
      add(fmt::format("compare {}", at_));
      add(fmt::format("correct {} --bundle {} --pass … --ballot {} {} {}", at_, place.bundle, place.ballot,
                      place.row == 0 ? "--flags …" : fmt::format("--row {}=…", place.row), kTwo));
    }
    add_rulings();
    if (status_.gate.empty()) add(fmt::format("result {} -o .{}", at_, one_));
  }

  // An official ballot is proofed before it is printed; any that was is proofed again when the list changes.
  void add_proof() {
    if (contest_.is_proofed() || (contest_.proofed.empty() && !official_)) return;
    add(fmt::format("ballot-proof {} -o {}-soat.pdf", at_, contest_.contest.id));
    add(fmt::format("ballot-proof {} --by … --typed … --by … --typed …", at_));
  }

  void add_rulings() {
    const auto unreadable = std::find_if(status_.doubtful.begin(), status_.doubtful.end(),
                                         [](const BallotPlace& place) { return place.row > 0; });
    if (unreadable != status_.doubtful.end()) {
      add(fmt::format("rule {} --bundle {} --ballot {} --row {}=… {}", at_, unreadable->bundle,
                      unreadable->ballot, unreadable->row, kTwo));
    } else if (!status_.doubtful.empty()) {
      add(fmt::format("rule {} --confirm-flags --by … --by …", at_));
    }
  }

  // The import of what lies here keyed, then passes that are to be keyed, then the import of those.
  void add_passes(const Box& box) {
    std::string waiting;
    for (const std::string& folder : status_.waiting) waiting += " " + quoted(folder);
    if (!waiting.empty()) return add(fmt::format("import {}{}{}", path_, waiting, one_));
    const std::size_t before = next_.size();
    const auto add_key = [&](const std::string& bundle, std::int64_t pass, const std::string& counted) {
      add(fmt::format("key {} --bundle {} --pass {} --station … --by … --counted {}", at_, bundle, pass,
                      counted));
    };
    constexpr std::size_t kMostShown = 3;
    for (std::size_t i = 0; i < std::min(kMostShown, status_.missing.size()); ++i) {
      const MissingPass& missing = status_.missing[i];
      add_key(missing.bundle, missing.pass, missing.counted ? std::to_string(*missing.counted) : "…");
    }
    if (status_.ballots < box.returned) add_key(bundle_to_come(), 1, "…");
    if (next_.size() > before) add(fmt::format("import {} …{}", path_, one_));
  }

  // The first number behind the last bundle that was never used, retracted or not.
  [[nodiscard]] std::string bundle_to_come() const {
    const std::vector<std::string> bundles = contest_.bundles_in_force();
    std::optional<std::string> next = bundles.empty() ? "01" : next_bundle(bundles.back());
    while (next && contest_.bundles.contains(*next)) next = next_bundle(*next);
    return next.value_or("…");
  }

  const ContestStatus& status_;
  const ContestHistory& contest_;
  std::string path_;
  std::string at_;
  std::string one_;
  bool official_ = false;
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
  for (const Doubt& doubt : doubts(*status.contest, reading)) {
    status.doubtful.push_back(
        {reading.bundle, doubt.ballot, doubt.unreadable ? unreadable_row(reading, doubt.ballot) : 0});
  }
  std::uint32_t last = 0;
  for (const Difference& difference : differences(reading)) {
    if (difference.ballot != last) {
      status.differing.push_back({reading.bundle, difference.ballot, difference.row});
    }
    last = difference.ballot;
  }
}

MissingPass missing_pass(const ContestHistory& contest, const std::string& bundle) {
  MissingPass missing{bundle, unused_pass(contest, bundle), {}};
  for (const BundlePass* pass : contest.passes_in_force(bundle)) {
    if (pass->counted) missing.counted = pass->counted;
  }
  return missing;
}

// Whether a folder's manifest has a bundle of this contest that the record never saw.
bool has_fresh_bundle(const ContestHistory& contest, const std::string& congress, const fs::path& folder) {
  const std::string path = (folder / "manifest.json").string();
  const Result<std::string> bytes = read_file(path, kMostManifestBytes);
  if (!bytes) return false;
  const Result<Manifest> manifest = parse_manifest(*bytes, path);
  if (!manifest || manifest->congress != congress || manifest->contest != contest.contest.id) return false;
  return std::any_of(manifest->bundles.begin(), manifest->bundles.end(), [&](const ManifestBundle& bundle) {
    return bundle_status(contest, bundle) == BundleStatus::fresh;
  });
}

// The folders that `key` made here and that are still to be imported.
std::vector<std::string> folders_waiting(const ContestHistory& contest, const std::string& congress) {
  std::vector<std::string> folders;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(".", error)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(contest.contest.id + "-") && entry.is_directory(error) &&
        has_fresh_bundle(contest, congress, entry.path())) {
      folders.push_back(name);
    }
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

// "bundle 01: 4, 5, 6; bundle 03: 2 …" of the places, the first ones.
std::string places_text(const std::vector<BallotPlace>& places, bool vi) {
  constexpr std::size_t kMostShown = 12;
  std::string text;
  std::string bundle;
  for (std::size_t i = 0; i < std::min(kMostShown, places.size()); ++i) {
    if (places[i].bundle == bundle) {
      text += fmt::format(", {}", places[i].ballot);
      continue;
    }
    bundle = places[i].bundle;
    text += fmt::format(fmt::runtime(vi ? "{}xấp {}: {}" : "{}bundle {}: {}"), text.empty() ? "" : "; ",
                        bundle, places[i].ballot);
  }
  return text + (places.size() > kMostShown ? " …" : "");
}

// What is only not done yet stands above in the figures; only what is wrong is called a fault.
bool is_still_to_come(const Finding& finding, const ContestStatus& status) {
  const Box* box = status.contest->box();
  return finding.code == Code::gate_no_box || finding.code == Code::gate_passes_missing ||
         finding.code == Code::gate_passes_differ || finding.code == Code::gate_doubtful ||
         (finding.code == Code::gate_ballots_not_returned && box != nullptr &&
          status.ballots < box->returned);
}

std::string figures_text(const ContestStatus& status, bool vi) {
  std::string text;
  const Box* box = status.contest->box();
  if (box != nullptr) {
    text += fmt::format(fmt::runtime(vi ? "  phát ra {}, thu về {}" : "  issued {}, returned {}"),
                        box->issued, box->returned);
  } else {
    text += vi ? "  chưa ghi số phiếu phát ra, thu về" : "  issued and returned not recorded yet";
  }
  text +=
      fmt::format(fmt::runtime(vi ? "; trong sổ {} xấp, {} phiếu" : "; {} bundles, {} ballots in the record"),
                  status.bundles, status.ballots);
  if (box != nullptr && status.ballots < box->returned) {
    text += fmt::format(fmt::runtime(vi ? ", còn {} phiếu" : ", {} to come"), box->returned - status.ballots);
  }
  return text + "\n";
}

std::string proof_text(const ContestHistory& contest, bool vi) {
  if (contest.proofed.empty()) return "";
  if (contest.is_proofed())
    return vi ? "  hai người đã soát mẫu phiếu\n" : "  two people read the ballot's proof\n";
  return vi ? "  mẫu phiếu đã soát là của danh sách cũ, phải soát lại\n"
            : "  the ballot's proof was of an older list, to be read again\n";
}

std::string choices_text(const ContestStatus& status, Language language) {
  if (status.choices.size() < 2) return "";
  std::string text;
  for (const DecisionAction action : status.choices) {
    text += fmt::format("{}{} = {}", text.empty() ? "" : "; ", word(action),
                        spoken_decision(word(action), language));
  }
  return fmt::format("  {}: {}\n",
                     language == Language::vi ? "đại hội (hội nghị) quyết định" : "to be decided", text);
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
      status.missing.push_back(missing_pass(contest, bundle));
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
  const bool stands = contest.standing() != nullptr;
  if (!stands) add(status.gate, gate.finish());
  status.choices = decisions_for(contest);
  if (fs::is_directory(path)) return status;
  if (contest.by_hand) {
    status.minutes = fmt::format("kiemphieu hand-count {} {} -o {}-kiem-tay.pdf", quoted(path),
                                 contest.contest.id, contest.contest.id);
  }
  if (stands) {
    status.minutes =
        fmt::format("kiemphieu minutes {0}.json --record {1} -o {0}.pdf", contest.contest.id, quoted(path));
  }
  if (view.history().closed) return status;
  if (!stands) status.waiting = folders_waiting(contest, view.history().congress.id);
  status.next = NextCommands(status, view.history().congress, path).make();
  return status;
}

std::string status_text(const ContestStatus& status, Language language) {
  const bool vi = language == Language::vi;
  const ContestHistory& contest = *status.contest;
  std::string text = fmt::format("\n{} — {}\n", contest.contest.id, contest.contest.title);
  text += proof_text(contest, vi);
  text += figures_text(status, vi);
  if (!status.waiting.empty()) {
    text +=
        fmt::format("  {}: {}\n",
                    vi ? "đã nhập trên máy này, chưa đưa vào sổ" : "keyed on this machine, not in the record",
                    fmt::join(status.waiting, ", "));
  }
  if (status.passes_missing > 0) {
    text += fmt::format("  {}: {}\n", vi ? "còn thiếu lượt nhập" : "passes missing", status.passes_missing);
  }
  constexpr std::size_t kMostMissing = 12;
  for (std::size_t i = 0; i < std::min(kMostMissing, status.missing.size()); ++i) {
    text +=
        fmt::format(fmt::runtime(vi ? "    xấp {}: chưa có lượt {}\n" : "    bundle {}: pass {} to come\n"),
                    status.missing[i].bundle, status.missing[i].pass);
  }
  const auto ballots = [&](const std::vector<BallotPlace>& places, const Text& what) {
    if (places.empty()) return;
    text += fmt::format("  {}: {} ({})\n", what.in(language), places.size(), places_text(places, vi));
  };
  ballots(status.differing, {"phiếu các lượt đọc khác nhau", "ballots read differently"});
  ballots(status.doubtful, {"phiếu chờ kết luận", "ballots waiting for the board"});
  if (const ResultEntry* standing = contest.standing()) {
    text += fmt::format(fmt::runtime(vi ? "  đã có kết quả, {} chữ ký (cần {})\n    mã số: {}\n"
                                        : "  result stands, {} signatures ({} needed)\n    digest: {}\n"),
                        standing->signatures.size(), status.signatures_required,
                        in_groups_of_four(standing->sha256));
  }
  if (contest.by_hand) {
    text += fmt::format(fmt::runtime(vi ? "  mục {}: {}\n" : "  entry {}: {}\n"), contest.by_hand->seq,
                        hand_count_mark().in(language));
  }
  for (const Finding& finding : status.gate) {
    if (!is_still_to_come(finding, status)) text += fmt::format("  {}\n", line_of(finding, language));
  }
  text += choices_text(status, language);
  for (const std::string& command : status.next) text += fmt::format("  → {}\n", command);
  if (!status.minutes.empty()) {
    text += fmt::format("  {}:\n  → {}\n", vi ? "in biên bản" : "to print the minutes", status.minutes);
  }
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
                            {"differing", static_cast<std::int64_t>(status.differing.size())},
                            {"doubtful", static_cast<std::int64_t>(status.doubtful.size())},
                            {"gate", findings_json(status.gate, language)},
                            {"next", std::move(next)}});
  if (!contest.proofed.empty()) json.set("ballot_proof", contest.is_proofed() ? "confirmed" : "older-list");
  if (contest.by_hand) json.set("by_hand", contest.by_hand->seq);
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
