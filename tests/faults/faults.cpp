// Plays an evening on a disk that fails: each call by which a command changes the disk goes wrong in turn
// (shim.cpp says how), and what is left is judged by the program itself and by the independent verifier.
//
//   faults EVENING_FOLDER PROGRAM_FOLDER SHIM SHARE OF
//
// The faults are parted into OF shares, of which one is played, SHARE from 0 on: the i-th fault is in share i
// mod OF.
//
// After every single fault this must hold, or the test fails and says at which call:
//   * the record opens, exports and verifies; it is that of before the command or that of after it;
//   * an acknowledged command is in it, and its files are there;
//   * a command that was not acknowledged and lived to say so names a finding;
//   * read from a write-protected stick it has the same entries, or is refused;
//   * every file beside the record is the one of before or the one of after, whole; what is keyed has every
//     ballot that was taken;
//   * a backup is the one of before or of after, or is not there;
//   * no folder passes the verifier that lacks anything of the dossier it was to become;
//   * the same command then succeeds, whatever was left lying about, and clears it away.
//
// Besides, where mounting is allowed, every command is played on a disk in memory that really is too small,
// or read-only.
//
// To see one fault again: KP_FAULTS=power:17 plays the faults that begin so.
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::string>;

constexpr int kKilled = 99;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t start = 0, end = 0; (end = text.find('\n', start)) != std::string::npos; start = end + 1) {
    lines.push_back(text.substr(start, end - start));
  }
  return lines;
}

/// What a shell line said and how it ended.
struct Played {
  int status = 0;  ///< exit status; negative: the signal that ended it
  std::string output;
};

std::string quoted(const std::string& text) {
  return "'" + text + "'";
}

// Plays a line in `folder`; `fault` is "mode:n", or "" to leave the disk alone.
struct Player {
  fs::path shim;
  fs::path scratch;

  [[nodiscard]] Played play(const fs::path& folder, const std::string& line, const std::string& fault = {},
                            const fs::path& trace = {}) const {
    std::string shell = "cd " + quoted(folder.string()) + " && ";
    if (!fault.empty() || !trace.empty()) {
      shell += "export LD_PRELOAD=" + quoted(shim.string()) + " KP_FAULT_KEEP=" + quoted(scratch.string());
      if (!fault.empty()) shell += " KP_FAULT=" + fault;
      if (!trace.empty()) shell += " KP_FAULT_TRACE=" + quoted(trace.string());
      shell += " && ";
    }
    std::FILE* pipe = ::popen(("{ " + shell + line + "\n} 2>/dev/null").c_str(), "r");
    if (pipe == nullptr) std::exit(2);
    Played played;
    char buffer[4096];
    for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) {
      played.output.append(buffer, got);
    }
    const int status = ::pclose(pipe);
    played.status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    return played;
  }
};

using Entries = std::vector<std::string>;

/// Everything an evening has left in its folder.
struct State {
  std::optional<Entries> entries;  ///< of the record; nothing when there is none
  std::optional<Entries> copy;     ///< of its backup
  Files files;                     ///< all but these two and what is unfinished

  [[nodiscard]] std::size_t size() const { return entries ? entries->size() : 0; }
};

bool is_unfinished(const std::string& name) {
  return name.find(".part") != std::string::npos;
}

bool is_of_a_record(const std::string& name) {
  return name.find(".kp") != std::string::npos;
}

Files files_of(const fs::path& folder) {
  Files files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files[entry.path().lexically_relative(folder).string()] = read(entry.path());
  }
  return files;
}

void copy_to(const fs::path& from, const fs::path& to) {
  fs::remove_all(to);
  fs::copy(from, to, fs::copy_options::recursive);
}

// What a keying session holds: its ballots, in order.
std::vector<std::string> ballots_of(const std::string& session) {
  const std::string mark = "\"ballots\":[";
  const std::size_t start = session.find(mark);
  std::vector<std::string> ballots;
  if (start == std::string::npos) return ballots;
  const std::size_t end = session.find("]]", start);
  for (std::size_t at = session.find('[', start + mark.size()); at < end; at = session.find('[', at + 1)) {
    ballots.push_back(session.substr(at, session.find(']', at) - at));
  }
  return ballots;
}

// Whether every one of `some` is in `all`, in that order.
bool is_part_of(const std::vector<std::string>& some, const std::vector<std::string>& all) {
  auto at = all.begin();
  return std::all_of(some.begin(), some.end(), [&](const std::string& one) {
    at = std::find(at, all.end(), one);
    return at++ != all.end();
  });
}

/// Which of the faults are played.
struct Share {
  std::size_t number = 0;
  std::size_t of = 1;
};

class Evening {
 public:
  Evening(const fs::path& source, const fs::path& shim, Share share)
      : player_{fs::absolute(shim), {}}, share_(share) {
    // On a disk in memory syncs cost nothing, and nothing that is tested here depends on the disk.
    const fs::path parent = fs::exists("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path();
    std::string name = (parent / "kp-faults-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) std::exit(2);
    root_ = name;
    player_.scratch = root_ / "scratch";
    fs::create_directories(player_.scratch);
    copy_to(source, root_ / "now");
  }
  Evening(const Evening&) = delete;
  Evening& operator=(const Evening&) = delete;
  ~Evening() { fs::remove_all(root_); }

  // Plays all lines; returns whether everything held.
  bool play(const std::vector<std::string>& lines) {
    collect_faults(lines);
    std::size_t next = 0;
    for (const std::string& line : lines) {
      std::size_t here = 0;
      if (line.starts_with("kiemphieu ")) {
        set_stage(line);
        for (; next + here < faults_.size() && faults_[next + here].line == &line; ++here) {
          judge(faults_[next + here]);
        }
        race();
        leave_a_log(line);
        play_on_real_disks();
        next += here;
        std::cout << here << " faults: " << line << std::endl;
      }
      run_well(line);
    }
    std::cout << faults_.size() << " of " << possible_ << " faults, " << refusing_disks_
              << " disks that refused, " << failures_ << " failures\n";
    return failures_ == 0 && possible_ > 2000 && (!may_mount_ || refusing_disks_ > lines.size());
  }

 private:
  struct Fault {
    const std::string* line;
    std::string what;  ///< "mode:n"
    std::string call;
  };

  [[nodiscard]] fs::path at(const char* name) const { return root_ / name; }

  void fail(const std::string& why) {
    ++failures_;
    std::cout << "FAILED: " << stage_ << "\n  " << fault_ << "\n  " << why << "\n";
  }

  void run_well(const std::string& line) {
    const Played played = player_.play(at("now"), line);
    if (played.status == 0) return;
    std::cout << "the evening itself fails: " << line << "\n" << played.output;
    std::exit(1);
  }

  // Goes through the evening once to see which calls there are, and keeps the faults of this share.
  void collect_faults(const std::vector<std::string>& lines) {
    copy_to(at("now"), at("first"));
    for (const std::string& line : lines) {
      if (!line.starts_with("kiemphieu ")) {
        run_well(line);
        continue;
      }
      const fs::path trace = root_ / "trace";
      fs::remove(trace);
      if (player_.play(at("now"), line, "none:0", trace).status != 0) run_well(line);
      const std::vector<std::string> calls = lines_of(read(trace));
      add_faults(line, calls);
      const auto last = std::find(calls.rbegin(), calls.rend(), "sync HALL.kp-wal");
      if (last != calls.rend()) folding_[line] = static_cast<std::size_t>(calls.rend() - last);
    }
    fs::remove_all(at("now"));
    fs::rename(at("first"), at("now"));
    possible_ = faults_.size();
    const char* wanted = std::getenv("KP_FAULTS");
    std::size_t place = 0;
    std::erase_if(faults_, [&](const Fault& fault) {
      const bool ours = place++ % share_.of == share_.number;
      return !ours || (wanted != nullptr && !fault.what.starts_with(wanted));
    });
  }

  void add_faults(const std::string& line, const std::vector<std::string>& calls) {
    const auto add = [&](const char* mode, std::size_t n, const std::string& call) {
      faults_.push_back({&line, std::string(mode) + ":" + std::to_string(n), call});
    };
    add("readonly", 1, "from the start");
    for (std::size_t i = 0; i < calls.size(); ++i) {
      for (const char* mode : {"eio", "full", "kill", "power"}) add(mode, i + 1, calls[i]);
      if (!calls[i].starts_with("write")) continue;
      for (const char* mode : {"short", "torn"}) add(mode, i + 1, calls[i]);
    }
    add("power", calls.size() + 1, "after the end");
  }

  // What `folder` holds now. A record that cannot be exported or verified is a failure.
  State state_of(const fs::path& folder) {
    State state;
    for (auto& [name, bytes] : files_of(folder)) {
      if (!is_of_a_record(name) && !is_unfinished(name)) state.files[name] = std::move(bytes);
    }
    state.entries = entries_of(folder, "HALL.kp");
    state.copy = entries_of(folder, "COPY.kp");
    return state;
  }

  std::optional<Entries> entries_of(const fs::path& folder, const std::string& record) {
    if (!fs::exists(folder / record)) return std::nullopt;
    // Looked at in a copy, for looking mends what a killed writer left.
    copy_to(folder, at("look"));
    fs::remove_all(at("look") / "judged");
    const Played exported =
        player_.play(at("look"), "kiemphieu export " + record + " --unsigned -o judged --json");
    if (exported.status != 0) fail("what is left cannot be exported: " + exported.output);
    // What verified once in these very bytes does so again.
    if (Files judged = files_of(at("look") / "judged"); !verified_.contains(judged)) {
      if (!verifies(at("look") / "judged")) fail("what is left does not verify");
      verified_.insert(std::move(judged));
    }
    return lines_of(read(at("look") / "judged/record.jsonl"));
  }

  [[nodiscard]] bool verifies(const fs::path& dossier) const {
    return player_.play(root_, "kiemphieu-verify --unsigned " + quoted(dossier.string())).status == 0;
  }

  void set_stage(const std::string& line) {
    stage_ = line;
    fault_ = "without a fault";
    before_ = state_of(at("now"));
    copy_to(at("now"), at("run"));
    if (player_.play(at("run"), line).status != 0) fail("it does not even succeed on a sound disk");
    after_ = state_of(at("run"));
  }

  void judge(const Fault& fault) {
    fault_ = fault.what + " (" + fault.call + ")";
    copy_to(at("now"), at("run"));
    fs::remove_all(player_.scratch);
    fs::create_directories(player_.scratch);
    const Played played = player_.play(at("run"), stage_ + " --json", fault.what);
    if (fault.what.starts_with("short") && !is_acknowledged(played)) fail("a short write is no failure");
    judge_left(played);
  }

  // What a command left in `run`, on whatever disk it was played.
  void judge_left(const Played& played) {
    const bool acknowledged = is_acknowledged(played);
    if (!acknowledged && played.status != kKilled && !names_a_finding(played)) {
      fail("ended with " + std::to_string(played.status) + " and no finding: " + played.output);
    }
    const State left = state_of(at("run"));
    judge_entries(left, acknowledged);
    judge_copy(left, acknowledged);
    judge_files(left, acknowledged);
    judge_folders();
    judge_on_a_stick(left);
    judge_next_run(left);
  }

  // Keying that stops before the end of the bundle is no failure, but has acknowledged single ballots only.
  static bool is_acknowledged(const Played& played) {
    return played.status == 0 && played.output.find("\"done\":false") == std::string::npos;
  }

  static bool names_a_finding(const Played& played) {
    return played.output.find("\"code\":\"") != std::string::npos &&
           (played.status == 0 ||
            (played.status == 1 && played.output.find("\"ok\":false") != std::string::npos));
  }

  void judge_copy(const State& left, bool acknowledged) {
    if (left.copy == after_.copy) return;
    if (acknowledged) fail("the backup was acknowledged and is not there");
    if (left.copy != before_.copy) fail("the backup is neither as before nor as after");
  }

  void judge_entries(const State& left, bool acknowledged) {
    const bool as_before = left.size() == before_.size();
    const bool as_after = left.size() == after_.size();
    if (!as_before && !as_after) fail(std::to_string(left.size()) + " entries are left");
    if (acknowledged && !as_after) fail("what was acknowledged is not in the record");
    if (before_.entries && !left.entries) return fail("the record is gone");
    for (std::size_t i = 0; i < std::min(before_.size(), left.size()); ++i) {
      if ((*left.entries)[i] != (*before_.entries)[i]) return fail("entry " + std::to_string(i) + " differs");
    }
  }

  void judge_files(const State& left, bool acknowledged) {
    for (const auto& [name, bytes] : left.files) {
      const auto was = before_.files.find(name);
      const auto is = after_.files.find(name);
      if (was != before_.files.end() && was->second == bytes) continue;
      if (name.ends_with(".keying") && is != after_.files.end()) {
        if (!is_part_of(ballots_of(bytes), ballots_of(is->second))) fail(name + " holds what was not keyed");
      } else if (is == after_.files.end()) {
        fail(name + " should not be there");
      } else if (is->second != bytes && !is_another_signature(name)) {
        fail(name + " is neither as before nor as after");
      }
    }
    for (const Files* files : {&before_.files, &after_.files}) {
      for (const auto& [name, bytes] : *files) {
        const bool due = files == &before_.files || acknowledged;
        if (due && !left.files.contains(name)) fail(name + " is missing");
      }
    }
  }

  // A signature made at another moment has other bytes; it must hold.
  [[nodiscard]] bool is_another_signature(const std::string& name) const {
    if (!name.ends_with(".p7s")) return false;
    const std::string content = name.substr(0, name.size() - 4);
    return player_
               .play(at("run"), "openssl cms -verify -binary -noverify -inform DER -in " + quoted(name) +
                                    " -content " + quoted(content) + " -out /dev/null")
               .status == 0;
  }

  void judge_folders() {
    for (const fs::directory_entry& entry : fs::directory_iterator(at("run"))) {
      if (!entry.is_directory() || !fs::exists(entry.path() / "checkpoint.txt")) continue;
      std::string name = entry.path().filename().string();
      if (!verifies(entry.path())) {
        if (!is_unfinished(name)) fail("the dossier " + name + " is not whole");
        continue;
      }
      if (is_unfinished(name)) name.erase(name.rfind(".part"));
      std::size_t whole = 0;
      for (const auto& [file, bytes] : after_.files)
        whole += static_cast<std::size_t>(file.starts_with(name + "/"));
      if (files_of(entry.path()).size() != whole) fail("a part of " + name + " passes for the whole");
    }
  }

  // From a write-protected stick the record reads the same, or is refused: never with entries missing.
  void judge_on_a_stick(const State& left) {
    if (!left.entries) return;
    copy_to(at("run"), at("look"));
    fs::remove(at("look") / "HALL.kp-shm");  // an index that nobody copies, made anew where that can be
    const Played log = player_.play(at("look"), "kiemphieu log HALL.kp --json", "readonly:1");
    if (log.status != 0 && !names_a_finding(log)) fail("reading from a stick: " + log.output);
    if (log.status != 0) return;
    std::size_t entries = 0;
    const std::string mark = "\"seq\":";
    for (std::size_t at = log.output.find(mark); at != std::string::npos;
         at = log.output.find(mark, at + 1)) {
      ++entries;
    }
    if (entries != left.size()) fail("a stick shows " + std::to_string(entries) + " entries");
  }

  void judge_next_run(const State& left) {
    const Played again = player_.play(at("run"), stage_ + " --json");
    const State then = state_of(at("run"));
    if (left.size() == before_.size() && left.files == before_.files) {
      if (!is_acknowledged(again)) return fail("the next attempt is refused: " + again.output);
      judge_entries(then, true);
      judge_copy(then, true);
      judge_files(then, true);
    }
    if (again.status != 0) return;
    for (const auto& [name, bytes] : files_of(at("run"))) {
      if (is_unfinished(name)) fail(name + " is still lying about");
    }
  }

  // Two writers at once: one waits for the other or is refused; both in one record never.
  void race() {
    if (!before_.entries || after_.size() == before_.size()) return;
    fault_ = "two writers";
    copy_to(at("now"), at("run"));
    const std::string one = stage_ + " --json >one.out; echo $? >one.status";
    const std::string two = stage_ + " --json >two.out; echo $? >two.status";
    // The first rests just before its commit is brought to the disk; meanwhile the second comes.
    (void)player_.play(at("run"),
                       "{ ( export KP_FAULT=pause:15; " + one + " ) & sleep 0.05; " + two + "; wait; }",
                       "none:0");
    const std::string statuses = read(at("run") / "one.status") + read(at("run") / "two.status");
    if (statuses != "0\n0\n" && statuses != "0\n1\n" && statuses != "1\n0\n") {
      fail("the two ended with " + statuses);
    }
    for (const char* name : {"one.out", "two.out", "one.status", "two.status"}) fs::remove(at("run") / name);
    const State left = state_of(at("run"));
    const std::size_t step = after_.size() - before_.size();
    if (left.size() != after_.size() && !(left.size() == after_.size() + step && statuses == "0\n0\n")) {
      fail("two writers left " + std::to_string(left.size()) + " entries");
    }
  }

  // Killed when it is recorded but not yet folded into the one file: a stick with that log on it is refused.
  void leave_a_log(const std::string& line) {
    if (!before_.entries || after_.size() == before_.size()) return;
    fault_ = "killed before the log was folded in";
    copy_to(at("now"), at("run"));
    (void)player_.play(at("run"), line, "kill:" + std::to_string(folding_[line]));
    if (state_of(at("run")).size() != after_.size()) fail("it was not recorded yet");
    fs::remove(at("run") / "HALL.kp-shm");
    const Played log = player_.play(at("run"), "kiemphieu log HALL.kp --json", "readonly:1");
    if (log.output.find("HALL.kp-wal\"") == std::string::npos) fail("the log was overlooked");
  }

  // The same on a disk that really is too small, or read-only.
  void play_on_real_disks() {
    constexpr std::uintmax_t kBlock = 4096;
    std::uintmax_t used = kBlock * share_.number;
    for (const auto& [name, bytes] : files_of(at("now"))) used += (bytes.size() / kBlock + 2) * kBlock;
    bool enough = false;
    for (std::uintmax_t size = used; !enough && may_mount_; size += kBlock * share_.of) {
      fault_ = "a disk of " + std::to_string(size) + " bytes";
      enough = play_on_a_disk("size=" + std::to_string(size), 0);
    }
    fault_ = "a read-only disk";
    if (may_mount_ && play_on_a_disk("size=64m", MS_RDONLY)) fail("acknowledged on a read-only disk");
  }

  // Returns whether the command was acknowledged.
  bool play_on_a_disk(const std::string& options, unsigned long read_only) {
    const fs::path disk = at("disk");
    fs::create_directories(disk);
    if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, options.c_str()) != 0) {
      std::cout << "SKIPPED: no disk can be mounted here (" << std::strerror(errno)
                << "); full and read-only disks are the shim's alone\n";
      may_mount_ = false;
      return false;
    }
    std::optional<Played> played;
    std::error_code error;
    fs::copy(at("now"), disk, fs::copy_options::recursive, error);
    const bool changed = read_only != 0 && ::mount("tmpfs", disk.c_str(), "tmpfs", MS_REMOUNT | read_only,
                                                   options.c_str()) != 0;
    if (changed) fail("the disk cannot be made read-only");
    if (!error) {
      played = player_.play(disk, stage_ + " --json");
      copy_to(disk, at("run"));
    }
    if (::umount(disk.c_str()) != 0) fail("the disk is still in use");
    if (!played) return false;
    judge_left(*played);
    if (!is_acknowledged(*played)) ++refusing_disks_;
    return is_acknowledged(*played);
  }

  Player player_;
  Share share_;
  fs::path root_;
  std::set<Files> verified_;
  std::map<std::string, std::size_t> folding_;  ///< by line, the call that folds the log into the record
  std::vector<Fault> faults_;
  std::size_t possible_ = 0;
  std::size_t failures_ = 0;
  std::size_t refusing_disks_ = 0;
  bool may_mount_ = true;
  std::string stage_;
  std::string fault_;
  State before_;
  State after_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) return 2;
  const fs::path source = argv[1];
  ::setenv("PATH", (fs::absolute(argv[2]).string() + ":" + std::getenv("PATH")).c_str(), 1);
  ::setenv("SOURCE_DATE_EPOCH", "1763800000", 1);
  ::setenv("NO_COLOR", "1", 1);
  std::vector<std::string> lines;
  for (const std::string& line : lines_of(read(source / "evening"))) {
    if (!line.empty() && line.front() != '#') lines.push_back(line);
  }
  return Evening(source, argv[3], {std::stoul(argv[4]), std::stoul(argv[5])}).play(lines) ? 0 : 1;
}
