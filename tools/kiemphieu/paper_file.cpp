#include "kiemphieu/paper_file.h"

#include "base/digest.h"
#include "kiemphieu/placed_file.h"
#include "paper/render.h"

namespace kp {

Reply print_to(const std::string& path, const paper::Document& document) {
  const Result<paper::Rendered> pages = paper::render(document, paper::pages_library());
  if (!pages) return pages.findings();
  if (Done placed = put_new(path, pages->pdf); !placed) return placed.findings();
  Reply reply(pages->notes);
  reply.json = {
      {"file", path}, {"pages", static_cast<std::int64_t>(pages->pages)}, {"sha256", sha256_hex(pages->pdf)}};
  return reply;
}

}  // namespace kp
