#include "verify/prefix.h"

#include <charconv>
#include <filesystem>
#include <utility>
#include <vector>

#include "base/file.h"
#include "verify/dossier.h"
#include "verify/encoding.h"
#include "verify/survey.h"

namespace kp::verify {
namespace {

constexpr std::uint64_t kMostCheckpointBytes = 4096;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for_each_line(text, [&](std::string_view line, std::uint64_t) { lines.push_back(line); });
  return lines;
}

Head head_of(const std::vector<std::string_view>& lines, std::uint64_t size) {
  Tree tree;
  for (std::size_t i = 0; i < size; ++i) tree.append(lines[i]);
  return {tree.size(), tree.root()};
}

std::optional<Head> head_from(std::string_view size, std::string_view root) {
  Head head;
  const char* const end = size.data() + size.size();
  const auto [rest, error] = std::from_chars(size.data(), end, head.size);
  const std::optional<Digest> digest = typed_root(root);
  if (error != std::errc() || rest != end || head.size == 0 || !digest) return std::nullopt;
  head.root = *digest;
  return head;
}

// Three lines, or "SIZE ROOT".
std::optional<Older> older_from(std::string_view text) {
  const std::vector<std::string_view> lines = lines_of(text);
  std::optional<Head> head;
  if (lines.size() == 3) {
    head = head_from(lines[1], lines[2]);
  } else if (lines.size() == 1) {
    const std::size_t gap = lines[0].find_first_of(" :");
    if (gap != std::string::npos) head = head_from(lines[0].substr(0, gap), lines[0].substr(gap + 1));
  }
  if (!head) return std::nullopt;
  return Older{*head, lines.size() == 3 ? std::string(lines[0]) : std::string(), {}};
}

}  // namespace

Result<Older> read_older(const std::string& given) {
  std::error_code error;
  if (std::filesystem::is_directory(given, error)) {
    Result<std::string> record = read_file(given + "/record.jsonl", kMostRecordBytes);
    if (!record) return record.findings();
    const std::vector<std::string_view> lines = lines_of(*record);
    if (lines.empty()) return finding(Code::verify_prefix_form, shown_name(given));
    Older older{head_of(lines, lines.size()), {}, {}};
    older.record = std::move(record).value();
    return older;
  }
  std::string text = given;
  if (std::filesystem::exists(given, error)) {
    Result<std::string> bytes = read_file(given, kMostCheckpointBytes);
    if (!bytes) return bytes.findings();
    text = std::move(bytes).value();
  }
  std::optional<Older> older = older_from(text);
  if (!older) return finding(Code::verify_prefix_form, shown_name(given));
  return std::move(*older);
}

std::optional<std::uint64_t> size_of_prefix(const Older& older, std::string_view record,
                                            const std::string& origin, Faults& faults) {
  const std::vector<std::string_view> lines = lines_of(record);
  const std::vector<std::string_view> before = lines_of(older.record);
  for (std::size_t i = 0; i < before.size() && i < lines.size(); ++i) {
    if (before[i] == lines[i]) continue;
    faults.add(Code::verify_prefix_fork, "record.jsonl:" + std::to_string(i + 1), {std::to_string(i)});
    return std::nullopt;
  }
  if (!older.origin.empty() && !origin.empty() && older.origin != origin) {
    faults.add(Code::verify_prefix_other_record, "--prefix", {shown_name(older.origin), origin});
  } else if (older.head.size > lines.size()) {
    faults.add(Code::verify_prefix_longer, "--prefix",
               {std::to_string(older.head.size), std::to_string(lines.size())});
  } else if (head_of(lines, older.head.size) != older.head) {
    faults.add(Code::verify_prefix_differs, "record.jsonl", {std::to_string(older.head.size)});
  } else {
    return older.head.size;
  }
  return std::nullopt;
}

}  // namespace kp::verify
