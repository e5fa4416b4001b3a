// Runs one golden case with the real programs and compares what they print and write, byte for byte.
//
//   golden CASE_FOLDER PROGRAM_FOLDER SHARED_FOLDER
//
// A case is a folder of testdata/golden: `commands`, one shell line each (# starts a remark), any input
// files, and expected/: transcript.txt, and further files by the names they have in the working folder. The
// case is played in a copy. KP_REWRITE=1 writes expected/ anew instead of comparing: the files it holds, and
// the transcript.
//
// A case with a file `needs-shared` plays only where SHARED_FOLDER is there; else it says so and is skipped
// (77). With KP_KEEP_DOSSIERS the folder in which the case was played is kept there, for another verifier to
// judge the dossiers in it (verifiers_agree.py).
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

namespace {

namespace fs = std::filesystem;

constexpr int kSame = 0;
constexpr int kDifferent = 1;
constexpr int kUsage = 2;
constexpr int kSkipped = 77;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void write(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

/// A copy of the case in a folder of its own, removed at the end.
class Workplace {
 public:
  explicit Workplace(const fs::path& case_folder) {
    std::string name = (fs::temp_directory_path() / "kp-golden-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) std::exit(kUsage);
    top_ = name;
    folder_ = top_ / "work";
    fs::copy(case_folder, folder_, fs::copy_options::recursive);
    fs::remove_all(folder_ / "expected");
    fs::remove(folder_ / "commands");
  }
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;
  ~Workplace() { fs::remove_all(top_); }
  [[nodiscard]] const fs::path& folder() const { return folder_; }
  [[nodiscard]] fs::path said() const { return top_ / "said"; }

 private:
  fs::path top_;
  fs::path folder_;
};

// What a line says on stderr, then what it prints on stdout, and its exit status when it is not 0. Read
// together the two would mix as the machine pleases as soon as one of them goes through `| head`.
std::string play_line(const std::string& line, const fs::path& said) {
  std::string printed;
  std::FILE* pipe = ::popen(("{ " + line + "\n} 2>'" + said.string() + "'").c_str(), "r");
  if (pipe == nullptr) return "(cannot be run)\n";
  char buffer[4096];
  for (std::size_t got = std::fread(buffer, 1, sizeof buffer, pipe); got > 0;
       got = std::fread(buffer, 1, sizeof buffer, pipe)) {
    printed.append(buffer, got);
  }
  const int status = ::pclose(pipe);
  std::string output;
  for (const std::string& part : {read(said), printed}) {
    output += part;
    if (!output.empty() && output.back() != '\n') output += "\n";
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) != 0)
    output += "[" + std::to_string(WEXITSTATUS(status)) + "]\n";
  if (WIFSIGNALED(status)) output += "[signal " + std::to_string(WTERMSIG(status)) + "]\n";
  return output;
}

std::string play(const fs::path& commands, const fs::path& said) {
  std::ifstream file(commands);
  std::string transcript;
  for (std::string line; std::getline(file, line);) {
    while (line.ends_with("\\")) {
      std::string more;
      std::getline(file, more);
      line += "\n" + more;
    }
    if (line.empty() || line.starts_with('#')) {
      transcript += line + "\n";
    } else {
      transcript += "$ " + line + "\n" + play_line(line, said);
    }
  }
  return transcript;
}

bool compare(const fs::path& expected, const std::string& got, const fs::path& named) {
  if (read(expected) == got) return true;
  const fs::path got_file = fs::temp_directory_path() / ("kp-got-" + std::to_string(::getpid()));
  write(got_file, got);
  std::cout << "different: " << named.string() << std::endl;
  const std::string diff = "diff -u '" + expected.string() + "' '" + got_file.string() + "' | head -n 80";
  if (std::system(diff.c_str()) != 0) std::cout << "(no diff)\n";
  fs::remove(got_file);
  return false;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: golden CASE_FOLDER PROGRAM_FOLDER SHARED_FOLDER\n";
    return kUsage;
  }
  const fs::path case_folder = fs::absolute(argv[1]);
  const fs::path shared = fs::absolute(argv[3]);
  if (fs::exists(case_folder / "needs-shared") && !fs::exists(shared)) {
    std::cout << "skipped: " << case_folder.filename().string() << " needs " << shared.string() << "\n";
    return kSkipped;
  }
  const Workplace workplace(case_folder);
  ::setenv("PATH", (fs::absolute(argv[2]).string() + ":" + std::getenv("PATH")).c_str(), 1);
  ::setenv("KP_SHARED", shared.c_str(), 1);
  ::setenv("KP_TOOLS", (case_folder.parent_path() / "../../tools").c_str(), 1);
  ::setenv("SOURCE_DATE_EPOCH", "1760486400", 1);  // 2025-10-15T00:00:00Z
  ::setenv("NO_COLOR", "1", 1);
  ::unsetenv("KP_LANG");
  fs::current_path(workplace.folder());

  const std::string transcript = play(case_folder / "commands", workplace.said());
  if (const char* kept = std::getenv("KP_KEEP_DOSSIERS")) {
    fs::copy(workplace.folder(), fs::path(kept) / case_folder.filename(),
             fs::copy_options::recursive | fs::copy_options::copy_symlinks);
  }
  const fs::path expected = case_folder / "expected";
  const bool rewrite = std::getenv("KP_REWRITE") != nullptr;
  if (rewrite) {
    fs::create_directories(expected);
    write(expected / "transcript.txt", transcript);
  }
  bool same = compare(expected / "transcript.txt", transcript, "transcript.txt");
  for (const fs::directory_entry& file : fs::recursive_directory_iterator(expected)) {
    const fs::path name = file.path().lexically_relative(expected);
    if (!file.is_regular_file() || name == "transcript.txt") continue;
    if (rewrite) write(file.path(), read(workplace.folder() / name));
    same = compare(file.path(), read(workplace.folder() / name), name) && same;
  }
  return same ? kSame : kDifferent;
}
