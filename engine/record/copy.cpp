#include "record/copy.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iterator>

namespace kp {
namespace {

using Texts = std::vector<std::string>;

Result<std::size_t> append_missing(const Record& from, Record& to) {
  const Result<Texts> entries = from.entries();
  if (!entries) return entries.findings();
  const Result<Texts> there = to.entries();
  if (!there) return there.findings();
  const std::size_t common = common_entries(*entries, *there);
  if (common != there->size()) return finding(Code::record_damaged, to.path(), {std::to_string(common)});
  const Result<Texts> blobs = from.blobs();
  if (!blobs) return blobs.findings();
  const Result<Texts> kept = to.blobs();
  if (!kept) return kept.findings();
  Texts missing;
  std::set_difference(blobs->begin(), blobs->end(), kept->begin(), kept->end(), std::back_inserter(missing));
  for (const std::string& digest : missing) {
    const Result<std::string> bytes = from.blob(digest);
    if (!bytes) return bytes.findings();
    if (Done put = to.put_blob(digest, *bytes); !put) return put.findings();
    const Result<std::string> beside = from.beside(digest);
    if (!beside) return beside.findings();
    if (beside->empty()) continue;
    if (Done put = to.put_beside(digest, *beside); !put) return put.findings();
  }
  for (std::size_t i = common; i < entries->size(); ++i) {
    if (Done appended = to.append((*entries)[i]); !appended) return appended.findings();
  }
  if (Done committed = to.commit(); !committed) return committed.findings();
  return entries->size() - common;
}

// Reads the copy back. Its files are held to their digests by being read.
Done check_copy(const Record& from, const std::string& path) {
  const Result<Record> copy = Record::open(path, Access::read);
  if (!copy) return copy.findings();
  const Result<Texts> entries = from.entries();
  const Result<Texts> copied = copy->entries();
  if (!copied) return copied.findings();
  const Result<Texts> blobs = from.blobs();
  const Result<Texts> copied_blobs = copy->blobs();
  if (!copied_blobs) return copied_blobs.findings();
  if (!entries || !blobs || *entries != *copied || *blobs != *copied_blobs) {
    return finding(Code::record_damaged, path, {"copy"});
  }
  for (const std::string& digest : *blobs) {
    if (const Result<std::string> bytes = copy->blob(digest); !bytes) return bytes.findings();
    const Result<std::string> beside = from.beside(digest);
    if (!beside) return beside.findings();
    const Result<std::string> copied_beside = copy->beside(digest);
    if (!copied_beside) return copied_beside.findings();
    if (*beside == *copied_beside) continue;
    // No digest covers it, so nobody can say in which of the two it was altered.
    return Findings{finding(Code::record_damaged, from.path(), {digest}),
                    finding(Code::record_damaged, path, {digest})};
  }
  return done();
}

}  // namespace

std::size_t common_entries(const Texts& one, const Texts& other) {
  const std::size_t shorter = std::min(one.size(), other.size());
  const auto length = static_cast<std::ptrdiff_t>(shorter);
  return static_cast<std::size_t>(std::mismatch(one.begin(), one.begin() + length, other.begin()).first -
                                  one.begin());
}

Result<std::size_t> bring_up_to(const Record& from, const std::string& path) {
  std::error_code error;
  const bool fresh = !std::filesystem::exists(path, error);
  std::size_t appended = 0;
  {
    Result<Record> to = fresh ? Record::create(path) : Record::open(path, Access::write);
    if (!to) return to.findings();
    const Result<std::size_t> written = append_missing(from, *to);
    if (!written) return written.findings();
    appended = *written;
  }
  if (Done checked = check_copy(from, path); !checked) {
    if (fresh) ::unlink(path.c_str());
    return checked.findings();
  }
  return appended;
}

}  // namespace kp
