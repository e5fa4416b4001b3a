#include "kiemphieu/minutes_pages.h"

#include "base/canon.h"
#include "base/digest.h"
#include "sheet/result_file.h"

namespace kp {

Result<paper::Rendered> minutes_pages(const ResultEntry& standing, const Before& before,
                                      PaperLanguage language) {
  // A dossier comes from outside: what its record holds as a result need not look like one.
  const std::string bytes = canonical(standing.result);
  const Result<Json> result = parse_result(bytes, standing.sha256);
  if (!result) return result.findings();
  if (sha256_hex(bytes) != standing.sha256) return finding(Code::seal_other_result, standing.sha256);
  const Json& named = result->at("record");
  if (named.at("size").integer() != standing.seq || named.at("root").string() != before.root) {
    return finding(Code::seal_other_result, standing.sha256);
  }
  if (before.record.history.find(result->at("contest").at("id").string()) == nullptr) {
    return finding(Code::seal_other_result, standing.sha256);
  }
  return paper::render(make_minutes(*result, standing.sha256, &before.record, language),
                       paper::pages_library());
}

}  // namespace kp
