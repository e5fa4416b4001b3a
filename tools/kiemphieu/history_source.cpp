#include "kiemphieu/history_source.h"

#include <filesystem>

#include "base/file.h"
#include "contest/definition.h"
#include "contest/list_rules.h"
#include "kiemphieu/record_view.h"
#include "proceedings/setup.h"
#include "record/record.h"

namespace kp {

Result<History> history_of(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error) || is_record(path)) {
    Result<RecordView> view = RecordView::open(path);
    if (!view) return view.findings();
    return view->history();
  }
  const Result<std::string> bytes = read_file(path, kMostDefinitionBytes);
  if (!bytes) return bytes.findings();
  Result<Congress> congress = parse_congress(*bytes, path);
  if (!congress) return congress.findings();
  if (Findings faults = check_congress(*congress); has_error(faults)) return faults;
  return unbegun(std::move(congress).value());
}

}  // namespace kp
