// The house rules, held: who includes whom, how long files and functions are, and that docs say what the code
// says.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "base/finding.h"
#include "catch.h"

using namespace kp;

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = KP_SOURCE_DIR;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> lines_of(const fs::path& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

std::vector<fs::path> sources_in(const fs::path& folder) {
  std::vector<fs::path> sources;
  for (const fs::directory_entry& file : fs::recursive_directory_iterator(kRoot / folder)) {
    const std::string extension = file.path().extension().string();
    if (extension == ".h" || extension == ".cpp" || extension == ".def") sources.push_back(file.path());
  }
  std::sort(sources.begin(), sources.end());
  return sources;
}

std::vector<fs::path> all_sources() {
  std::vector<fs::path> all;
  for (const char* folder : {"engine", "tools", "tests"}) {
    for (fs::path& path : sources_in(folder)) all.push_back(std::move(path));
  }
  return all;
}

/// A row of the module table in CMakeLists.txt.
struct Module {
  std::string folder;
  std::set<std::string> may_include;
};

std::map<std::string, Module> module_table() {
  std::map<std::string, Module> table;
  const std::regex row(R"(kp_module\((\w+)\s+([\w/]+)([^)]*)\))");
  const std::string text = read(kRoot / "CMakeLists.txt");
  for (std::sregex_iterator it(text.begin(), text.end(), row), end; it != end; ++it) {
    Module module{(*it)[2], {}};
    std::istringstream words((*it)[3]);
    bool including = false;
    for (std::string word; words >> word;) {
      if (word == "MAY_INCLUDE" || word == "USES") {
        including = word == "MAY_INCLUDE";
      } else if (including) {
        module.may_include.insert(word);
      }
    }
    table[(*it)[1]] = std::move(module);
  }
  return table;
}

// The lines of a source with all texts in quotes, and all remarks, taken out.
std::vector<std::string> lines_without_texts(const fs::path& path) {
  const std::regex quoted(R"re(R"\w*\(.*?\)\w*"|"(\\.|[^"\\])*"|'(\\.|[^'\\])'|//.*)re");
  std::vector<std::string> lines = lines_of(path);
  for (std::string& line : lines) line = std::regex_replace(line, quoted, "");
  return lines;
}

/// A function's body with its head, by the indexes of their lines.
struct Function {
  std::size_t first = 0;
  std::size_t last = 0;
  std::ptrdiff_t parameters = 0;
};

std::ptrdiff_t depth_of(const std::string& code, char open, char close) {
  return std::count(code.begin(), code.end(), open) - std::count(code.begin(), code.end(), close);
}

// The parameters of a function whose head is `head`: its commas outside of any brackets but the first pair.
std::ptrdiff_t parameters_in(const std::string& head) {
  const std::size_t open = head.find('(');
  std::ptrdiff_t depth = 0;
  std::ptrdiff_t commas = 0;
  bool any = false;
  for (const char c : head.substr(open)) {
    if (c == '(' || c == '<' || c == '{') ++depth;
    if (c == ')' || c == '>' || c == '}') --depth;
    if (depth == 0) break;
    if (depth == 1 && c == ',') ++commas;
    any = any || (c != '(' && c != ' ');
  }
  return any ? commas + 1 : 0;
}

// A body opens with a line that ends in "{" behind a closing bracket and what may follow one, and is no
// statement; its head begins where the brackets of that line are opened; it ends with its own brace.
std::vector<Function> functions_in(const std::vector<std::string>& lines) {
  const std::regex opens(R"(.*\)( const| &&| noexcept| override| mutable| -> [\w:<>*& ]+)* \{$)");
  const std::regex statement(R"( *(if|for|while|switch|do|else|catch|return|\}).*)");
  std::vector<Function> functions;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!std::regex_match(lines[i], opens)) continue;
    Function function{i, i + 1, 0};
    std::string head = lines[i];
    while (depth_of(head, '(', ')') < 0 && function.first > 0) head = lines[--function.first] + " " + head;
    if (std::regex_match(head, statement)) continue;
    function.parameters = parameters_in(head);
    for (std::ptrdiff_t depth = 1; function.last < lines.size(); ++function.last) {
      depth += depth_of(lines[function.last], '{', '}');
      if (depth <= 0) break;
    }
    functions.push_back(function);
  }
  return functions;
}

}  // namespace

TEST_CASE("every include stands in the module table of CMakeLists.txt") {
  const std::map<std::string, Module> table = module_table();
  REQUIRE(table.size() == 18);
  const std::regex include("#include \"([a-z]+)/[^\"]+\"");
  std::size_t checked = 0;
  for (const auto& [name, module] : table) {
    for (const fs::path& path : sources_in(module.folder)) {
      for (const std::string& line : lines_of(path)) {
        std::smatch found;
        if (!std::regex_search(line, found, include)) continue;
        const std::string included = found[1];
        CAPTURE(path.string(), line);
        CHECK((included == name || module.may_include.contains(included)));
        ++checked;
      }
    }
  }
  CHECK(checked > 200);
}

TEST_CASE("the verifier includes nothing that counts, hashes trees or writes JSON for the engine") {
  for (const fs::path& path : sources_in("tools/verify")) {
    for (const std::string& line : lines_of(path)) {
      CAPTURE(path.string(), line);
      for (const char* forbidden : {"base/canon.h", "base/share.h", "ballots/", "tally/", "outcome/",
                                    "intake/", "record/", "seal/", "proceedings/", "sheet/", "paper/"}) {
        CHECK(line.find(std::string("#include \"") + forbidden) == std::string::npos);
      }
    }
  }
}

TEST_CASE("outside types stay out of public headers") {
  const std::regex outside(
      R"(#include <(sqlite3|openssl|unicode|nlohmann|valijson|pcre2|fmt|boost|pango|cairo|fontconfig))");
  for (const char* folder : {"engine", "tools"}) {
    for (const fs::path& path : sources_in(folder)) {
      // engine/paper/pango is a library of its own; nothing outside it includes its headers.
      if (path.extension() != ".h" || path.parent_path().filename() == "pango") continue;
      for (const std::string& line : lines_of(path)) {
        CAPTURE(path.string(), line);
        CHECK_FALSE(std::regex_search(line, outside));
      }
    }
  }
}

TEST_CASE("Pango and Cairo are known to the library of pages alone") {
  const std::regex pango("#include (<(pango|cairo|fontconfig)|\"paper/pango/)");
  for (const fs::path& path : all_sources()) {
    if (path.parent_path() == kRoot / "engine/paper/pango") continue;
    for (const std::string& line : lines_of(path)) {
      CAPTURE(path.string(), line);
      CHECK_FALSE(std::regex_search(line, pango));
    }
  }
}

TEST_CASE("no floating point, clock, locale or chance in the engine") {
  const std::regex banned(
      R"(\b(double|float|std::time|system_clock|steady_clock|setlocale|std::locale|rand|random_device|mt19937)\b)");
  const std::regex banned_on_paper(R"(\b(std::time|system_clock|steady_clock|setlocale|std::locale|rand)\b)");
  for (const fs::path& path : sources_in("engine")) {
    const bool lengths = path.string().starts_with((kRoot / "engine/paper/").string());
    for (const std::string& line : lines_of(path)) {
      const std::string code = line.substr(0, line.find("//"));
      CAPTURE(path.string(), line);
      CHECK_FALSE(std::regex_search(code, lengths ? banned_on_paper : banned));
    }
  }
}

TEST_CASE("files: none over 800 lines, half of them under 200") {
  std::vector<std::size_t> sizes;
  for (const fs::path& path : all_sources()) {
    const std::vector<std::string> lines = lines_of(path);
    CAPTURE(path.string());
    CHECK(lines.size() <= 800);
    if (path.extension() != ".def") sizes.push_back(lines.size());
  }
  std::sort(sizes.begin(), sizes.end());
  CHECK(sizes[sizes.size() / 2] < 200);
}

TEST_CASE("the second verifier can be read in an evening, its count in half an hour") {
  const std::map<std::string, std::size_t> most = {{"kiemphieu_count.py", 340}, {"kiemphieu_verify.py", 425}};
  std::size_t sum = 0;
  for (const auto& [name, bound] : most) {
    const std::vector<std::string> lines = lines_of(kRoot / "tools" / name);
    CAPTURE(name);
    CHECK(lines.size() > 100);
    CHECK(lines.size() <= bound);
    sum += lines.size();
    for (std::size_t i = 0; i < lines.size(); ++i) {
      CAPTURE(i + 1, lines[i]);
      // Characters, not bytes.
      CHECK(std::count_if(lines[i].begin(), lines[i].end(), [](char c) { return (c & 0xC0) != 0x80; }) <=
            120);
    }
  }
  CHECK(sum <= 765);
  for (const fs::directory_entry& entry : fs::directory_iterator(kRoot / "tools"))
    CHECK((entry.path().extension() != ".py" || most.contains(entry.path().filename().string())));
}

TEST_CASE("the second verifier's count reads no file, and knows none of the others") {
  const std::regex other("^ *(from|import) (kiemphieu_[a-z]+|procedure_again)");
  const std::regex outside(R"((\b(os|sys|time|subprocess)\.|\b(open|Path|now)\())");
  for (const std::string& line : lines_of(kRoot / "tools/kiemphieu_count.py")) {
    CAPTURE(line);
    CHECK_FALSE(std::regex_search(line, other));
    CHECK_FALSE(std::regex_search(line, outside));
  }
}

TEST_CASE("functions are under 70 lines and take five parameters at the most") {
  std::size_t functions = 0;
  for (const fs::path& path : all_sources()) {
    const std::vector<std::string> lines = lines_without_texts(path);
    for (const Function& function : functions_in(lines)) {
      CAPTURE(path.string(), function.first + 1, lines[function.first]);
      CHECK(function.last - function.first < 69);
      // OpenSSL says what its callbacks take.
      if (lines[function.first] !=
          "int sign_with_ec(int, const unsigned char* digest, int size, unsigned char* to, unsigned* length,")
        CHECK(function.parameters <= 5);
      ++functions;
    }
  }
  CHECK(functions > 2500);
}

TEST_CASE("every header says what its folder or file is for, and is guarded") {
  for (const char* folder : {"engine", "tools"}) {
    for (const fs::path& path : sources_in(folder)) {
      if (path.extension() != ".h") continue;
      const std::vector<std::string> lines = lines_of(path);
      CAPTURE(path.string());
      REQUIRE(!lines.empty());
      CHECK(lines.front().starts_with("// "));
      CHECK(std::find(lines.begin(), lines.end(), "#pragma once") != lines.end());
    }
  }
}

TEST_CASE(
    "docs/formats.md lists every finding with its severity and sentence (KP_REWRITE=1 writes the table)") {
  std::string table = "| code | severity | what, and what to do next |\n|---|---|---|\n";
  for (std::size_t i = 0; i < finding_count(); ++i) {
    const FindingRow& row = finding_row(static_cast<Code>(i));
    std::string sentence(row.text.en);
    for (std::size_t at = sentence.find('|'); at != std::string::npos; at = sentence.find('|', at + 2))
      sentence.insert(at, "\\");
    table += "| `" + std::string(row.code) + "` | " +
             (row.severity == Severity::error ? "error" : "warning") + " | " + sentence + " |\n";
  }
  const fs::path page = kRoot / "docs/formats.md";
  const std::string text = read(page);
  const std::string start = "<!-- findings: made from engine/base/findings.def -->\n";
  const std::size_t from = text.find(start);
  const std::size_t to = text.find("<!-- end of findings -->");
  REQUIRE((from != std::string::npos && to != std::string::npos));
  if (std::getenv("KP_REWRITE") != nullptr) {
    std::ofstream(page) << text.substr(0, from + start.size()) << table << text.substr(to);
    return;
  }
  CHECK(text.substr(from + start.size(), to - from - start.size()) == table);
}

TEST_CASE("codes are unique, well-formed, and texts in both languages have the same places and a next step") {
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < finding_count(); ++i) {
    const FindingRow& row = finding_row(static_cast<Code>(i));
    CAPTURE(row.code);
    CHECK(seen.insert(row.code).second);
    CHECK(std::regex_match(std::string(row.code), std::regex("[a-z0-9]+/[a-z0-9-]+")));
    CHECK(row.text.vi.find(" → ") != std::string_view::npos);
    CHECK(row.text.en.find(" → ") != std::string_view::npos);
    for (const char* place : {"{0}", "{1}", "{2}", "{3}", "{4}", "{5}"}) {
      CHECK((row.text.vi.find(place) == std::string_view::npos) ==
            (row.text.en.find(place) == std::string_view::npos));
    }
  }
}

TEST_CASE(
    "every finding is provoked by a test: a golden transcript shows it, or a test program names its code") {
  std::string shown;
  for (const fs::directory_entry& file : fs::recursive_directory_iterator(kRoot / "testdata/golden")) {
    if (file.path().filename() == "transcript.txt") shown += read(file.path());
  }
  for (const fs::path& path : sources_in("tests")) {
    if (path.filename() != "tidy_test.cpp") shown += read(path);
  }
  // In a transcript "[code]", or "code" of --json; in a test program "code", "code place" or "code:line".
  std::set<std::string> provoked;
  const std::regex named("[\\[\"]([a-z0-9]+/[a-z0-9-]+)[\\]\": ]");
  for (std::sregex_iterator it(shown.begin(), shown.end(), named), end; it != end; ++it)
    provoked.insert((*it)[1]);
  for (std::size_t i = 0; i < finding_count(); ++i) {
    const std::string code(finding_row(static_cast<Code>(i)).code);
    CAPTURE(code);
    CHECK(provoked.contains(code));
  }
}

TEST_CASE("README shows the two commands in its first lines and names every dependency") {
  const std::vector<std::string> lines = lines_of(kRoot / "README.md");
  std::string start;
  for (std::size_t i = 0; i < std::min<std::size_t>(lines.size(), 40); ++i) start += lines[i] + "\n";
  CHECK(start.find("./dev demo") != std::string::npos);
  CHECK(start.find("./dev test") != std::string::npos);
  const std::string readme = read(kRoot / "README.md");
  std::istringstream packages(read(kRoot / "dev"));
  std::set<std::string> installed;
  for (std::string line; std::getline(packages, line);) {
    std::smatch found;
    if (!std::regex_search(line, found, std::regex("^  ([a-z0-9.+-]+) +#"))) continue;
    CAPTURE(found[1].str());
    CHECK(readme.find("`" + found[1].str() + "`") != std::string::npos);
    installed.insert(found[1]);
  }
  CHECK(installed.size() > 10);
  // And nothing besides: the first column of the table.
  const std::string table = readme.substr(readme.find("## Dependencies"));
  const std::regex row("\n\\| (`[^|]*)\\|");
  const std::regex name("`([^`]+)`");
  for (std::sregex_iterator it(table.begin(), table.end(), row), end; it != end; ++it) {
    const std::string column = (*it)[1];
    for (std::sregex_iterator each(column.begin(), column.end(), name); each != end; ++each) {
      CAPTURE((*each)[1].str());
      CHECK(installed.contains((*each)[1]));
    }
  }
}
