#include "kiemphieu/contest_status.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.h"
#include "kiemphieu/reply.h"
#include "proceedings/gate.h"

namespace kp {
namespace {

std::string quoted(const std::string& word) {
  return word.find_first_of(" '\"\\$") == std::string::npos ? word : "'" + word + "'";
}

// What to type next for this contest, in the order in which it is to be done.
std::vector<std::string> next_commands(const ContestStatus& status, const std::string& path) {
  const ContestHistory& contest = *status.contest;
  const std::string at = fmt::format("{} {}", quoted(path), contest.contest.id);
  std::vector<std::string> next;
  if (const ResultEntry* standing = contest.standing()) {
    if (static_cast<std::int64_t>(standing->signatures.size()) < status.signatures_required) {
      next.push_back(fmt::format("kiemphieu sign {}.json --cert … --key … --record {}", contest.contest.id,
                                 quoted(path)));
    }
    const std::string& action = standing->result.at("next").at("action").is_string()
                                    ? standing->result.at("next").at("action").string()
                                    : std::string();
    if (action != "none" && action != "superior-appoints" && !standing->decision) {
      next.push_back(fmt::format("kiemphieu decide {} --action {} --votes-for … --of … --note …", at,
                                 action == "presiding-body-decides" ? "…" : action));
    }
    return next;
  }
  if (contest.box() == nullptr) next.push_back(fmt::format("kiemphieu box {} --issued … --returned …", at));
  const Box* box = contest.box();
  const bool short_of_ballots = box != nullptr && status.ballots < box->returned;
  if (status.bundles == 0 || status.passes_missing > 0 || short_of_ballots) {
    next.push_back(fmt::format("kiemphieu import {} …/manifest.json", quoted(path)));
  }
  if (status.differing > 0) next.push_back(fmt::format("kiemphieu compare {}", at));
  if (status.doubtful > 0)
    next.push_back(fmt::format("kiemphieu rule {} --bundle … --ballot … --by … --by … --note …", at));
  if (status.gate.empty()) next.push_back(fmt::format("kiemphieu result {} -o .", at));
  return next;
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
    status.passes_missing +=
        std::max<std::int64_t>(0, status.passes_required - static_cast<std::int64_t>(passes.size()));
    if (contest.standing() != nullptr) continue;  // what was differing or doubtful has been settled
    const Result<BundleReading> reading = read_bundle(contest, bundle, view.fetch());
    if (!reading) {
      add(status.gate, reading.findings());
      continue;
    }
    gate.add(*reading);
    status.doubtful += static_cast<std::int64_t>(doubts(contest, *reading).size());
    std::uint32_t last = 0;
    for (const Difference& difference : differences(*reading)) {
      status.differing += difference.ballot == last ? 0 : 1;
      last = difference.ballot;
    }
  }
  if (contest.standing() == nullptr) add(status.gate, gate.finish());
  status.next = next_commands(status, path);
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
