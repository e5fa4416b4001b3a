#include "kiemphieu/record_view.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/digest.h"
#include "base/file.h"
#include "intake/csv.h"
#include "kiemphieu/session.h"

namespace kp {
namespace {

constexpr std::uint64_t kMostRecordBytes = 1U << 30U;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t start = 0;
  for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', start)) {
    lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return lines;
}

FetchBundle fetch_from_folder(const std::string& folder) {
  return {[folder](const std::string& sha256) -> Result<std::string> {
    const std::string path = folder + "/bundles/" + sha256 + ".csv";
    Result<std::string> bytes = read_file(path, kMostBundleBytes);
    if (bytes && sha256_hex(*bytes) != sha256) return finding(Code::record_blob_altered, path, {sha256});
    return bytes;
  }};
}

}  // namespace

RecordView::RecordView(std::vector<std::string> entries, std::string congress, History history,
                       FetchBundle fetch)
    : entries_(std::move(entries)),
      congress_(std::move(congress)),
      history_(std::move(history)),
      fetch_(std::move(fetch)) {
  for (const std::string& entry : entries_) tree_.append(leaf_hash(entry));
}

Result<RecordView> RecordView::open(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_directory(path, error)) {
    Result<Session> session = Session::open(path, Access::read);
    if (!session) return session.findings();
    Session::Parts parts = std::move(session).value().take_apart();
    const auto record = std::make_shared<Record>(std::move(parts.record));
    Result<std::string> congress = record->blob(parts.history.congress_sha256);
    if (!congress) return congress.findings();
    return RecordView(std::move(parts.entries), std::move(congress).value(), std::move(parts.history),
                      {[record](const std::string& sha256) { return record->blob(sha256); },
                       [record](const std::string& sha256) { return record->beside(sha256); }});
  }
  const Result<std::string> text = read_file(path + "/record.jsonl", kMostRecordBytes);
  if (!text) return text.findings();
  Result<std::string> congress = read_file(path + "/congress.json", kMostRecordBytes);
  if (!congress) return congress.findings();
  std::vector<std::string> entries = lines_of(*text);
  Result<History> history = replay(entries, *congress);
  if (!history) return history.findings();
  RecordView view(std::move(entries), std::move(congress).value(), std::move(history).value(),
                  fetch_from_folder(path));
  view.has_ballots_ = std::filesystem::is_directory(path + "/bundles", error);
  return view;
}

Json head_json(const RecordView& view) {
  return Json::object({{"id", view.history().record_id},
                       {"size", static_cast<std::int64_t>(view.tree().size())},
                       {"root", hex(view.tree().root())}});
}

std::string root_text(const RecordView& view, Language language) {
  return fmt::format(fmt::runtime(language == Language::vi ? "\nSổ có {} mục; gốc của sổ:\n  {}\n"
                                                           : "\nThe record has {} entries; root:\n  {}\n"),
                     view.tree().size(), in_groups_of_four(hex(view.tree().root())));
}

}  // namespace kp
