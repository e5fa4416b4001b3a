// A signature file over fixed bytes: whatever the verifier counts the engine takes too, with the same
// signers.
#include <set>
#include <string>

#include "fuzz/fuzz.h"
#include "seal/seal.h"
#include "verify/signers.h"

using namespace kp;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view kContent = R"({"result":1})";
  const std::string_view p7s = fuzz::bytes_of(data, size);
  const Result<std::vector<Certificate>> ours = read_signers(kContent, p7s, "x.p7s");
  if (!ours) fuzz::check_refusal(ours.findings());
  const Result<verify::Envelope> theirs = verify::open_envelope(p7s, kContent, "x.p7s");
  if (!theirs) {
    fuzz::check_refusal(theirs.findings());
    return 0;
  }
  KP_ASSERT(ours.ok());
  std::set<std::string> by_engine;
  for (const Certificate& signer : *ours) by_engine.insert(signer.digest);
  std::set<std::string> by_verifier;
  for (const verify::Signer& signer : theirs->signers) by_verifier.insert(signer.certificate);
  KP_ASSERT(by_engine == by_verifier && !by_engine.empty());
  return 0;
}
