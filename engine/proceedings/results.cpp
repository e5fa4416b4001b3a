#include "proceedings/results.h"

#include "base/digest.h"

namespace kp {

Act enter_result(const ContestHistory& contest, const Json& result, const std::string& sha256, People by) {
  Json body = Json::object({{"contest", contest.contest.id}, {"sha256", sha256}, {"result", result}});
  if (!contest.results.empty()) body.set("replaces", contest.results.back().seq);
  return {"result", std::move(body), std::move(by)};
}

Result<Act> file_signature(const ContestHistory& contest, const std::string& result_sha256,
                           const std::string& certificate, std::string_view p7s, People by) {
  const ResultEntry* standing = contest.standing();
  if (standing == nullptr) return finding(Code::result_none, contest.contest.id);
  if (standing->sha256 != result_sha256) return finding(Code::seal_other_result, contest.contest.id);
  return Act{"signed",
             Json::object({{"contest", contest.contest.id},
                           {"result", standing->seq},
                           {"sha256", result_sha256},
                           {"certificate", certificate},
                           {"p7s", base64(p7s)}}),
             std::move(by)};
}

Act close(const History& history, People by, Findings& notes) {
  for (const ContestHistory& contest : history.contests) {
    if (contest.standing() == nullptr)
      notes.push_back(finding(Code::close_without_result, contest.contest.id));
  }
  return {"closed", Json::object({}), std::move(by)};
}

}  // namespace kp
