// Lines of a record. Whatever the verifier admits as an entry the engine reads too and writes back as the
// same bytes; and the engine's replay of any lines is a history or a finding.
#include <string>
#include <vector>

#include "base/digest.h"
#include "fuzz/fuzz.h"
#include "proceedings/entry.h"
#include "proceedings/history.h"
#include "verify/entry.h"
#include "verify/survey.h"

using namespace kp;

namespace {

void check_line(std::string_view line, std::uint64_t number) {
  const Result<verify::Entry> theirs = verify::parse_entry(line, number);
  if (!theirs) return fuzz::check_refusal(theirs.findings());
  const Result<Entry> ours = parse_entry(line, theirs->seq);
  KP_ASSERT(ours.ok());
  KP_ASSERT(entry_bytes(*ours) == line && ours->at == theirs->at && ours->by == theirs->by);
}

}  // namespace

// The first line of the input is congress.json, the others are the record; <congress> stands for its digest.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto [congress, lines] = fuzz::split_line(fuzz::bytes_of(data, size));
  std::vector<std::string> entries;
  verify::for_each_line(lines, [&, &congress = congress](std::string_view line, std::uint64_t number) {
    constexpr std::string_view kMark = "<congress>";
    std::string entry(line);
    if (const std::size_t at = entry.find(kMark); at != std::string::npos)
      entry.replace(at, kMark.size(), sha256_hex(congress));
    check_line(entry, number);
    entries.push_back(std::move(entry));
  });
  if (entries.empty()) return 0;
  const Result<History> history = replay(entries, std::string(congress));
  if (!history) fuzz::check_refusal(history.findings());
  return 0;
}
