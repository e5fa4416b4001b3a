#include "kiemphieu/copies.h"

#include <fmt/format.h>

#include "kiemphieu/entry_text.h"
#include "record/copy.h"
#include "sheet/spoken_time.h"

namespace kp {
namespace {

// "3: phát ra, thu về, committee … (Lê Văn Trưởng, 15/10/2025 19:00:00)"
std::string described(const std::string& bytes, std::size_t seq, Language language) {
  const Result<Entry> entry = parse_entry(bytes, static_cast<std::int64_t>(seq));
  if (!entry) return "?";
  return fmt::format("{}: {} ({}, {})", spoken_kind(entry->kind).in(language), entry_detail(*entry, language),
                     fmt::join(entry->by, ", "), spoken_time(entry->at, language));
}

}  // namespace

Findings check_copies(const RecordView& own, const RecordView& other, const std::string& path,
                      Language language) {
  const std::string& id = own.history().record_id;
  if (other.history().record_id != id) {
    return {finding(Code::record_other_record, path, {other.history().record_id, id})};
  }
  const std::size_t common = common_entries(own.entries(), other.entries());
  const std::string seq = std::to_string(common);
  if (common < own.entries().size() && common < other.entries().size()) {
    return {finding(Code::record_fork, path,
                    {seq, described(own.entries()[common], common, language),
                     described(other.entries()[common], common, language)})};
  }
  if (common < other.entries().size()) {
    return {finding(Code::record_behind, path, {std::to_string(other.entries().size() - common), seq})};
  }
  return {};
}

}  // namespace kp
