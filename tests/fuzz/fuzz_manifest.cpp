// manifest.json → Manifest: what was taken stays in its folder and is the same when it is written and read
// again.
#include "fuzz/fuzz.h"
#include "intake/manifest.h"

using namespace kp;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Result<Manifest> manifest = parse_manifest(fuzz::bytes_of(data, size), "manifest.json");
  if (!manifest) {
    fuzz::check_refusal(manifest.findings());
    return 0;
  }
  for (const ManifestBundle& bundle : manifest->bundles) KP_ASSERT(is_inner_path(bundle.file));
  const std::string bytes = manifest_bytes(*manifest);
  const Result<Manifest> again = parse_manifest(bytes, "manifest.json");
  KP_ASSERT(again.ok() && manifest_bytes(*again) == bytes);
  return 0;
}
