// kiemphieu-verify: the thin shell over verify.h.
#include <fmt/format.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "verify/auditor.h"
#include "verify/encoding.h"
#include "verify/proof.h"
#include "verify/report.h"
#include "verify/typed_line.h"
#include "verify/verify.h"

namespace {

namespace po = boost::program_options;
using kp::Language;
using kp::verify::Report;
using kp::verify::Request;

constexpr int kExitError = 1;
constexpr int kExitUsage = 2;

constexpr std::string_view kHelpVi =
    R"(kiemphieu-verify: kiểm tra độc lập một hồ sơ kiểm phiếu

Cách dùng: kiemphieu-verify HỒ_SƠ [tuỳ chọn]

  --ca TỆP         chứng thư (PEM) của nơi cấp mà mình tin, để kiểm chữ ký số
  --digest MÃ      mã kết quả chép từ biên bản giấy đã ký; dùng được nhiều lần; gõ từng nhóm bốn cũng được
  --line DÃY       dãy số in dưới mã QR của biên bản giấy (8 nhóm 6 chữ số); dùng được nhiều lần
  --root MÃ        gốc cây chép từ biên bản giấy (hex hoặc base64)
  --prefix CŨ      hồ sơ cũ, tệp checkpoint.txt, hoặc "SỐ_MỤC GỐC" đã ghi trong hội trường: phần đầu của hồ
                   sơ này có còn y nguyên như thế không
  --proof TỆP      thay cho hồ sơ: kiểm bằng chứng do kiemphieu prove lập, cùng --root, --prefix
  --minutes TỆP    biên bản PDF để ở nơi khác, thí dụ bản đã ký số: có ghi đúng kết quả không, ai đã ký
  --unsigned       thiếu chữ ký thì chỉ nhắc, không coi là lỗi
  --without-minutes  hồ sơ lập không kèm biên bản PDF thì không coi là thiếu tệp
  --report         in báo cáo đầy đủ để đọc: đã kiểm gì, ai sửa, ai kết luận, ai ký
  --json           in kết quả dạng JSON
  --lang vi|en     ngôn ngữ (mặc định vi, hoặc biến KP_LANG)
  --help           in trang này

Thoát 0: không có lỗi. 1: có lỗi, hoặc không đọc được hồ sơ. 2: gõ lệnh sai.
)";

constexpr std::string_view kHelpEn =
    R"(kiemphieu-verify: independent verification of a dossier

Usage: kiemphieu-verify DOSSIER [options]

  --ca FILE        certificates (PEM) of the authority you trust, to check signatures
  --digest DIGEST  digest of a result, from signed paper; repeatable; groups of four are fine
  --line DIGITS    line of digits from signed paper (8 groups of 6, beside the QR code); repeatable
  --root ROOT      tree root from signed paper (hex or base64)
  --prefix OLD     an older dossier, a checkpoint.txt, or "SIZE ROOT" as written down in the hall: is it
                   still the beginning of this one?
  --proof FILE     instead of a dossier: a proof made by kiemphieu prove, with --root, --prefix
  --minutes FILE   minutes in PDF that lie elsewhere, e.g. the signed ones: do they say what the result says,
                   and who signed them?
  --unsigned       too few signatures only warn
  --without-minutes  the dossier was made without its minutes in PDF; that they are missing is no fault
  --report         a full report to read: what was checked, who corrected, ruled, signed
  --json           result as JSON
  --lang vi|en     language (default vi, or KP_LANG)
  --help           this page

Exit 0: no error. 1: an error, or the dossier cannot be read. 2: usage.
)";

struct Options {
  Request request;
  bool json = false;
  bool help = false;
};

/// A wrong command line, said in both languages.
struct UsageError {
  std::string vi;
  std::string en;
};

std::optional<Language> language_named(const std::string& name) {
  if (name == "vi") return Language::vi;
  return name == "en" ? std::optional(Language::en) : std::nullopt;
}

po::options_description known_options() {
  po::options_description known;
  // Lists throughout, so that a repeated option can be told from a single one.
  for (const char* name : {"ca", "digest", "line", "root", "prefix", "proof", "minutes", "lang", "dossier"}) {
    known.add_options()(name, po::value<std::vector<std::string>>());
  }
  known.add_options()("unsigned", "")("without-minutes", "")("json", "")("report", "")("help", "");
  return known;
}

std::vector<std::string> all_of(const po::variables_map& given, const std::string& name) {
  return given.count(name) > 0 ? given[name].as<std::vector<std::string>>() : std::vector<std::string>();
}

// The one value of an option, "" when it is not there.
std::string one_of(const po::variables_map& given, const std::string& name) {
  const std::vector<std::string> values = all_of(given, name);
  if (values.size() > 1) {
    throw UsageError{fmt::format("--{} chỉ dùng một lần; bỏ bớt", name),
                     fmt::format("--{} is given once only; remove the others", name)};
  }
  return values.empty() ? std::string() : values.front();
}

void check_typed(const Request& request) {
  for (const std::string& digest : request.digests) {
    if (!kp::verify::typed_digest(digest)) {
      throw UsageError{
          fmt::format("--digest {}: phải là 64 chữ số hex; gõ lại từ biên bản", digest),
          fmt::format("--digest {}: takes 64 hex digits; type it again from the minutes", digest)};
    }
  }
  for (const std::string& line : request.lines) {
    if (kp::verify::typed_line(line)) continue;
    const std::size_t digits = kp::verify::digits_in(line);
    throw UsageError{
        fmt::format("--line: phải là 8 nhóm, mỗi nhóm 6 chữ số, cả thảy 48; đã gõ {}; để trong ngoặc kép, "
                    "gõ lại từ biên bản",
                    digits),
        fmt::format("--line takes 8 groups of 6 digits, 48 in all, in quotes; {} were typed; type it again "
                    "from the minutes",
                    digits)};
  }
  if (!request.root.empty() && !kp::verify::typed_root(request.root)) {
    throw UsageError{
        fmt::format("--root {}: phải là 64 chữ số hex hoặc base64 của 32 byte; gõ lại", request.root),
        fmt::format("--root {}: takes 64 hex digits or base64 of 32 bytes; type it again", request.root)};
  }
}

Options read_options(int argc, char** argv, Language& language) {
  po::positional_options_description positional;
  positional.add("dossier", -1);
  po::variables_map given;
  const po::options_description known = known_options();
  constexpr int kStyle = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
  po::store(po::command_line_parser(argc, argv).options(known).positional(positional).style(kStyle).run(),
            given);

  Options options;
  if (given.count("lang") > 0) {
    const std::string name = one_of(given, "lang");
    const std::optional<Language> chosen = language_named(name);
    if (!chosen) {
      throw UsageError{fmt::format("--lang {}: chỉ có vi hoặc en", name),
                       fmt::format("--lang {}: vi or en", name)};
    }
    language = *chosen;
  }
  options.help = given.count("help") > 0;
  options.json = given.count("json") > 0;
  if (options.help) return options;
  options.request.account = given.count("report") > 0;
  if (options.json && options.request.account) {
    throw UsageError{"--report là để đọc, --json là cho chương trình; chọn một",
                     "--report is to read, --json for programs; choose one"};
  }
  options.request.unsigned_ok = given.count("unsigned") > 0;
  options.request.without_minutes = given.count("without-minutes") > 0;
  options.request.ca_file = one_of(given, "ca");
  options.request.root = one_of(given, "root");
  options.request.digests = all_of(given, "digest");
  options.request.lines = all_of(given, "line");
  options.request.prefix = one_of(given, "prefix");
  options.request.proof = one_of(given, "proof");
  options.request.minutes = one_of(given, "minutes");
  check_typed(options.request);
  const std::vector<std::string> folders = all_of(given, "dossier");
  if (!options.request.proof.empty()) {
    for (const char* foreign :
         {"dossier", "ca", "digest", "line", "minutes", "unsigned", "without-minutes", "report"}) {
      if (given.count(foreign) == 0) continue;
      throw UsageError{"--proof chỉ đi cùng --root, --prefix, --json; không kèm hồ sơ",
                       "--proof goes with --root, --prefix and --json only, without a dossier"};
    }
    return options;
  }
  if (folders.size() != 1) {
    throw UsageError{"phải chỉ đúng một thư mục hồ sơ (mã có dấu cách phải để trong ngoặc kép)",
                     "name just one dossier folder (a digest with spaces goes in quotes)"};
  }
  options.request.dossier = folders.front();
  return options;
}

int run(int argc, char** argv, Language& language) {
  const Options options = read_options(argc, argv, language);
  if (options.help) {
    const std::string_view page = language == Language::vi ? kHelpVi : kHelpEn;
    std::cout << (options.json ? kp::verify::help_json(page) : std::string(page));
    return 0;
  }
  const bool proof = !options.request.proof.empty();
  const Report report =
      proof ? kp::verify::verify_proof(options.request) : kp::verify::verify(options.request);
  const std::string& dossier = options.request.dossier;
  if (options.json) {
    std::cout << kp::verify::report_json(report, language);
  } else if (proof) {
    std::cout << kp::verify::proof_text(report, language);
  } else if (options.request.account) {
    std::cout << kp::verify::auditor_report(report, dossier, language);
  } else {
    std::cout << kp::verify::report_text(report, dossier, language);
  }
  std::cout.flush();
  return report.ok() && std::cout.good() ? 0 : kExitError;
}

}  // namespace

int main(int argc, char** argv) {
  const char* from_environment = std::getenv("KP_LANG");
  Language language =
      language_named(from_environment == nullptr ? "vi" : from_environment).value_or(Language::vi);
  std::string why;
  try {
    return run(argc, argv, language);
  } catch (const UsageError& error) {
    why = language == Language::vi ? error.vi : error.en;
  } catch (const po::unknown_option& error) {
    why = fmt::format(fmt::runtime(language == Language::vi ? "không có tuỳ chọn {}" : "unknown option {}"),
                      error.get_option_name());
  } catch (const po::error_with_option_name& error) {
    why = fmt::format(fmt::runtime(language == Language::vi ? "{} dùng chưa đúng" : "{} is not used rightly"),
                      error.get_option_name());
  } catch (const po::error& error) {
    why = fmt::format(fmt::runtime(language == Language::vi ? "gõ lệnh sai ({})" : "wrong usage ({})"),
                      error.what());
  }
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (std::find(words.begin(), words.end(), "--json") != words.end()) {
    std::cout << kp::verify::usage_json(why, language);
  }
  std::cerr << "kiemphieu-verify: " << why << "\n";
  return kExitUsage;
}
