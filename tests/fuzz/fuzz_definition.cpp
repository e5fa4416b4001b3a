// congress.json → Congress: engine and verifier find the same definitions sound. They share the schema and
// the list rules, but not the reader of JSON that a hostile folder meets first, nor the way rules are asked.
#include "contest/definition.h"
#include "contest/list_rules.h"
#include "contest/majority.h"
#include "fuzz/fuzz.h"
#include "verify/definitions.h"

using namespace kp;

namespace {

bool is_sound(std::string_view bytes) {
  const Result<Congress> congress = parse_congress(bytes, "congress.json");
  if (!congress) {
    fuzz::check_refusal(congress.findings());
    return false;
  }
  const Findings findings = check_congress(*congress);
  // Whose names stand on another contest's list is asked by the verifier when the record is replayed.
  bool sound = true;
  for (const Finding& one : findings) {
    const bool of_another_list = one.code == Code::contest_among_unknown || one.code == Code::list_not_among;
    sound = sound && (one.severity == Severity::warning || of_another_list);
  }
  if (!findings.empty()) fuzz::check_refusal(findings);
  return sound;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = fuzz::bytes_of(data, size);
  verify::Faults faults;
  const bool by_verifier = verify::read_congress(bytes, faults).has_value() && !faults.has_error();
  KP_ASSERT(is_sound(bytes) == by_verifier);
  return 0;
}
