// key: one person reads one bundle into the machine, in a terminal.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <optional>

#include "base/digest.h"
#include "base/text.h"
#include "kiemphieu/commands.h"
#include "kiemphieu/key_texts.h"
#include "kiemphieu/key_views.h"
#include "proceedings/act.h"
#include "proceedings/people.h"

namespace kp {
namespace {

constexpr std::size_t kLongestBundle = 16;
constexpr std::size_t kLongestStation = 100;
constexpr std::int64_t kMostPasses = 99;

// What the manifest will hold the words to is said before anything is keyed.
KeyingTask task_from(const Arguments& arguments) {
  KeyingTask task;
  task.bundle = arguments.text("bundle");
  const bool plain = std::all_of(task.bundle.begin(), task.bundle.end(),
                                 [](unsigned char c) { return std::isalnum(c) != 0 || c == '-'; });
  if (task.bundle.empty() || task.bundle.size() > kLongestBundle || !plain) {
    arguments.refuse("bundle", {"phải là chữ không dấu, số, dấu -, nhiều nhất 16 ký tự",
                                "must be letters, digits and -, 16 at the most"});
  }
  task.pass = arguments.integer("pass");
  if (task.pass < 1 || task.pass > kMostPasses) arguments.refuse("pass", {"từ 1 đến 99", "1 to 99"});
  task.station = tidied(arguments.text("station"));
  if (task.station.empty() || task.station.size() > kLongestStation) {
    arguments.refuse("station", {"phải có tên máy, không quá dài", "must name the station"});
  }
  task.counted = arguments.integer_if("counted");
  return task;
}

// The folder of one station's bundles of one contest, in letters that every file system and shell takes.
std::string default_folder(const std::string& contest, const std::string& station) {
  std::string folder = contest + "-" + station;
  for (char& c : folder) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && std::isalnum(byte) == 0 && c != '_' && c != '.') c = '-';
  }
  return folder;
}

// A pass that is keyed instead of a retracted one gets a folder of its own: the old one still states what was
// taken back. A machine without the record sees by the number alone that it is such a pass.
bool replaces_retracted(const PackFor& pack_for, const KeyingTask& task) {
  if (!pack_for.so_far) return task.pass > pack_for.congress.passes_required;
  const auto passes = pack_for.so_far->bundles.find(task.bundle);
  return passes != pack_for.so_far->bundles.end() &&
         std::any_of(passes->second.begin(), passes->second.end(),
                     [](const auto& pass) { return pass.second.retracted; });
}

std::string folder_for(const Arguments& arguments, const PackFor& pack_for, const KeyingTask& task) {
  if (arguments.has("o")) return arguments.path("o");
  const std::string folder = default_folder(pack_for.contest.id, task.station);
  return replaces_retracted(pack_for, task) ? fmt::format("{}-{}", folder, task.pass) : folder;
}

// What may be typed next: the next bundle, and bringing in what is there.
std::string next_steps(const KeyingDesk& desk, const std::string& folder, const Arguments& arguments) {
  const bool vi = arguments.language() == Language::vi;
  const KeyingTask& task = desk.bundle().task();
  const std::string record = quoted(arguments.path("HALL.kp"));
  std::string text;
  const std::optional<std::string> next = next_bundle(task.bundle);
  if (next && !replaces_retracted(desk.pack_for(), task)) {
    text += fmt::format(
        "{}\n  → kiemphieu key {} {} --bundle {} --pass {} --station {} --by \"{}\" --counted …{}\n",
        vi ? "Xấp kế tiếp, nếu có:" : "The next bundle, if there is one:", record, desk.bundle().contest().id,
        *next, task.pass, quoted(task.station), task.by, arguments.has("o") ? " -o " + quoted(folder) : "");
  }
  if (desk.pack_for().so_far) {
    return text + fmt::format("{}\n  → kiemphieu import {} {} --by \"{}\"\n",
                              vi ? "Hết xấp thì đưa vào sổ:" : "When all are keyed, into the record:", record,
                              quoted(folder), task.by);
  }
  return text + fmt::format(fmt::runtime(
                                vi ? "Hết xấp thì chép cả thư mục {} vào USB, đưa sang máy giữ sổ để import\n"
                                   : "When all are keyed, carry the folder {} to the machine that has the "
                                     "record and import it there\n"),
                            quoted(folder));
}

// What the record, where it is at hand, already says against this pass.
Findings check_against(const ContestHistory& so_far, const KeyingTask& task) {
  Findings findings = check_open_to_change(so_far);
  const std::string where = so_far.contest.id + "/" + task.bundle;
  const auto bundle = so_far.bundles.find(task.bundle);
  if (bundle == so_far.bundles.end() || !findings.empty()) return findings;
  if (bundle->second.contains(task.pass))
    return {finding(Code::key_entered, where, {std::to_string(task.pass)})};
  for (const BundlePass* pass : so_far.passes_in_force(task.bundle)) {
    add(findings, check_independent(so_far.contest.id, task, pass->pass, pass->station, pass->by));
  }
  return findings;
}

KeyingEnd key_in(KeyingDesk& desk, const Arguments& arguments) {
  const KeyingLook look{arguments.language(), desk.pack_for().congress.purpose == Purpose::practice};
  if (!arguments.has("lines") && ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1) {
    if (const std::optional<KeyingEnd> end = key_on_screen(desk, look)) return *end;
  }
  return key_by_lines(desk, look);
}

Reply handed_over(const KeyingDesk& desk, const std::string& folder, const Arguments& arguments) {
  const Result<ManifestBundle> packed = desk.hand_over();
  if (!packed) return packed.findings();
  Reply reply;
  reply.json = {{"done", true},
                {"bundle", packed->bundle},
                {"pass", packed->pass},
                {"ballots", packed->ballots},
                {"sha256", packed->sha256},
                {"folder", folder}};
  const bool vi = arguments.language() == Language::vi;
  reply.text =
      fmt::format(
          fmt::runtime(vi ? "Xấp {}, lượt {}: {} phiếu{}; đã ghi vào thư mục {}\n  mã số: {}\n"
                          : "Bundle {}, pass {}: {} ballots{}; written into folder {}\n  digest: {}\n"),
          packed->bundle, packed->pass, packed->ballots,
          !packed->counted ? "" : (vi ? ", đúng như đếm tay" : ", as counted by hand"), folder,
          in_groups_of_four(packed->sha256)) +
      next_steps(desk, folder, arguments);
  return reply;
}

Reply key(const Arguments& arguments) {
  KeyingTask task = task_from(arguments);
  const Result<PackFor> pack_for = contest_to_pack(arguments.path("HALL.kp"), arguments.text("CONTEST"));
  if (!pack_for) return pack_for.findings();
  if (pack_for->closed) return finding(Code::record_closed, arguments.path("HALL.kp"));
  const Congress& congress = pack_for->congress;
  const Result<People> by =
      resolve_people(congress, board_of(congress, pack_for->contest), arguments.texts("by"));
  if (!by) return by.findings();
  task.by = by->front();
  task.congress = congress.id;
  if (pack_for->so_far) {
    if (Findings against = check_against(*pack_for->so_far, task); !against.empty()) return against;
  }
  const std::string folder = folder_for(arguments, *pack_for, task);
  Result<KeyingDesk> desk = KeyingDesk::open(folder, *pack_for, std::move(task));
  if (!desk) return desk.findings();
  if (key_in(*desk, arguments) == KeyingEnd::finished) return handed_over(*desk, folder, arguments);
  const std::size_t keyed = desk->bundle().size();
  Reply reply(finding(Code::key_paused, folder, {std::to_string(keyed)}));
  reply.json = {{"done", false}, {"ballots", static_cast<std::int64_t>(keyed)}, {"folder", folder}};
  return reply;
}

}  // namespace

std::vector<Command> key_commands() {
  return {
      {{"key",
        {"nhập một xấp phiếu trên bàn phím: gõ số bị gạch rồi Enter",
         "key one bundle: the struck numbers and Enter"},
        {{"HALL.kp",
          {"sổ kiểm phiếu, hoặc tệp định nghĩa đại hội trên máy không có sổ",
           "the record, or the congress's definition on a machine without it"}},
         contest_position()},
        {{"bundle", Takes::one, true, {"số xấp", "number of the bundle"}},
         {"pass", Takes::one, true, {"lượt nhập: 1, 2 …", "pass: 1, 2 …"}},
         {"station", Takes::one, true, {"tên máy nhập", "name of the station"}},
         {"by", Takes::one, false, {"họ tên người nhập", "who keys"}},
         {"counted", Takes::one, false, {"số tờ của xấp đếm tay", "sheets of the bundle counted by hand"}},
         {"lines",
          Takes::nothing,
          false,
          {"nhập từng dòng, không dùng cả màn hình", "line by line, not on the full screen"}},
         {"o",
          Takes::one,
          false,
          {"thư mục để ghi; không ghi thì là CUỘC-MÁY",
           "folder to write into, CONTEST-STATION unless given"}}},
        keying_lesson},
       key},
  };
}

}  // namespace kp
