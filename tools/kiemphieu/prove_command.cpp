// prove: that an entry is in the record, or that an older checkpoint is its beginning, for someone who has
// only a root on paper.
#include <fmt/format.h>

#include "base/canon.h"
#include "base/digest.h"
#include "kiemphieu/commands.h"
#include "kiemphieu/placed_file.h"
#include "kiemphieu/record_view.h"
#include "proceedings/act.h"
#include "record/proof.h"

namespace kp {
namespace {

Json path_json(const std::vector<Digest>& path) {
  Json::Array hashes;
  for (const Digest& hash : path) hashes.emplace_back(hex(hash));
  return hashes;
}

// Which entry is to be proven: the one named, or the standing result's.
Result<std::int64_t> entry_wanted(const Arguments& arguments, const RecordView& view) {
  if (const std::optional<std::int64_t> seq = arguments.integer_if("entry")) return *seq;
  const Result<const ContestHistory*> contest = find_contest(view.history(), arguments.text("result"));
  if (!contest) return contest.findings();
  const ResultEntry* standing = (*contest)->standing();
  if (standing == nullptr) return finding(Code::result_none, arguments.text("result"));
  return standing->seq;
}

Result<Json> proof_of(const Arguments& arguments, const RecordView& view) {
  std::vector<Digest> leaves;
  for (const std::string& entry : view.entries()) leaves.push_back(leaf_hash(entry));
  const auto size = static_cast<std::int64_t>(leaves.size());
  const bool practice = view.history().congress.purpose == Purpose::practice;
  Json proof = Json::object({{"format", practice ? "kiemphieu/practice-proof@1" : "kiemphieu/proof@1"},
                             {"record", view.history().record_id},
                             {"size", size},
                             {"root", hex(view.tree().root())}});
  if (const std::optional<std::int64_t> since = arguments.integer_if("since")) {
    if (*since < 1 || *since > size) return finding(Code::prove_size, {}, {std::to_string(size)});
    const auto first = static_cast<std::size_t>(*since);
    Tree older;
    for (std::size_t i = 0; i < first; ++i) older.append(leaves[i]);
    proof.set("from", Json::object({{"size", *since}, {"root", hex(older.root())}}));
    proof.set("path", path_json(consistency_proof(leaves, first)));
    return proof;
  }
  const Result<std::int64_t> seq = entry_wanted(arguments, view);
  if (!seq) return seq.findings();
  if (*seq >= size) return finding(Code::prove_size, {}, {std::to_string(size)});
  const auto index = static_cast<std::size_t>(*seq);
  const Result<Json> entry = parse_json(view.entries()[index], "record");
  if (!entry) return entry.findings();
  proof.set("entry", *entry);
  proof.set("path", path_json(inclusion_proof(leaves, index)));
  return proof;
}

std::string written_text(const std::string& path, const Arguments& arguments) {
  const bool vi = arguments.language() == Language::vi;
  const std::optional<std::int64_t> since = arguments.integer_if("since");
  return fmt::format(
      fmt::runtime(
          vi ? "Đã lập bằng chứng {0}; kiểm bằng: kiemphieu-verify --proof {0} --root GỐC_TRÊN_GIẤY{1}\n"
             : "Wrote the proof {0}; check it with: kiemphieu-verify --proof {0} --root ROOT_ON_PAPER{1}\n"),
      path,
      since ? fmt::format(fmt::runtime(vi ? " --prefix \"{} GỐC_CŨ\"" : " --prefix \"{} OLD_ROOT\""), *since)
            : "");
}

Reply prove_command(const Arguments& arguments) {
  const int chosen = static_cast<int>(arguments.has("entry")) + static_cast<int>(arguments.has("result")) +
                     static_cast<int>(arguments.has("since"));
  if (chosen != 1) {
    arguments.refuse("entry", {"chọn đúng một trong: --entry --result --since",
                               "takes just one of: --entry --result --since"});
  }
  const Result<RecordView> view = RecordView::open(arguments.path("RECORD"));
  if (!view) return view.findings();
  const Result<Json> proof = proof_of(arguments, *view);
  if (!proof) return proof.findings();
  const std::string bytes = canonical(*proof);
  const std::string path = arguments.path("o");
  if (!path.empty()) {
    if (Done written = put_new(path, bytes); !written) return written.findings();
  }
  Reply reply;
  reply.json = {{"proof", *proof}};
  reply.text =
      path.empty() ? bytes + "\n" : written_text(path, arguments) + root_text(*view, arguments.language());
  return reply;
}

}  // namespace

std::vector<Command> prove_commands() {
  return {
      {{"prove",
        {"bằng chứng rằng một mục có trong sổ, hay sổ cũ là phần đầu của sổ này",
         "proof that an entry is in the record, or that an older one is its beginning"},
        {{"RECORD", {"sổ kiểm phiếu hoặc hồ sơ", "a record or a dossier"}}},
        {{"entry", Takes::one, false, {"số của mục", "number of the entry"}},
         {"result",
          Takes::one,
          false,
          {"cuộc bầu có kết quả cần chứng minh", "contest whose result is proven"}},
         {"since", Takes::one, false, {"số mục của sổ khi đó", "how many entries the record had then"}},
         {"o", Takes::one, false, {"tệp ghi bằng chứng", "file for the proof"}}}},
       prove_command},
  };
}

}  // namespace kp
