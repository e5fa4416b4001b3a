// pack: bundle files into a manifest, one by one or a folder at once.
#include <fmt/format.h>

#include <filesystem>

#include "base/digest.h"
#include "base/text.h"
#include "kiemphieu/commands.h"
#include "kiemphieu/pack_folder.h"

namespace kp {
namespace {

// What was said of all files of the command.
Result<ManifestBundle> stated_by(const Arguments& arguments) {
  ManifestBundle stated;
  stated.bundle = arguments.text("bundle");
  stated.pass = arguments.integer_if("pass").value_or(1);
  stated.by = tidied(arguments.text("by"));
  if (arguments.has("by") && stated.by.empty()) return finding(Code::people_missing);
  stated.station = arguments.text("station");
  stated.method =
      arguments.has("method") ? arguments.text("method") : (stated.by.empty() ? "imported" : "keyed");
  stated.counted = arguments.integer_if("counted");
  return stated;
}

Reply pack_one(const PackFor& pack_for, const Arguments& arguments) {
  for (const std::string_view needed : {"bundle", "o"}) {
    if (!arguments.has(needed))
      throw UsageError(fmt::format("{} {}{}", arguments.language() == Language::vi ? "thiếu" : "missing",
                                   needed.size() == 1 ? "-" : "--", needed));
  }
  Result<ManifestBundle> stated = stated_by(arguments);
  if (!stated) return stated.findings();
  if (!arguments.has("station")) stated->station = std::to_string(stated->pass);
  const std::string path = arguments.path("o");
  const Result<ManifestBundle> packed = pack_bundle(pack_for, arguments.path("CSV"), path, *stated);
  if (!packed) return packed.findings();
  Reply reply;
  reply.json = {{"manifest", path}, {"sha256", packed->sha256}, {"ballots", packed->ballots}};
  const bool vi = arguments.language() == Language::vi;
  reply.text =
      fmt::format(fmt::runtime(vi ? "{}: {} phiếu\n  mã số: {}\n" : "{}: {} ballots\n  digest: {}\n"),
                  arguments.path("CSV"), packed->ballots, in_groups_of_four(packed->sha256));
  return reply;
}

Reply pack_all(const PackFor& pack_for, const Arguments& arguments) {
  const std::string folder = arguments.path("CSV");
  for (const std::string_view one_file : {"bundle", "pass", "counted"}) {
    if (arguments.has(one_file))
      arguments.refuse(one_file, {"tên từng tệp trong thư mục đã cho biết", "the names of the files say it"});
  }
  Result<ManifestBundle> stated = stated_by(arguments);
  if (!stated) return stated.findings();
  const std::string path =
      arguments.has("o") ? arguments.path("o") : (std::filesystem::path(folder) / "manifest.json").string();
  const Result<Manifest> manifest = manifest_to_extend(path, pack_for.congress.id, pack_for.contest.id);
  if (!manifest) return manifest.findings();
  const Result<std::vector<FileToPack>> files = files_to_pack(folder, *manifest, *stated);
  if (!files) return files.findings();
  const Result<std::vector<ManifestBundle>> packed = pack_bundles(pack_for, path, *files);
  if (!packed) return packed.findings();
  const bool vi = arguments.language() == Language::vi;
  Table table({{vi ? "Tệp" : "File"},
               {vi ? "Xấp" : "Bundle"},
               {vi ? "Lượt" : "Pass", Table::Align::right},
               {vi ? "Số phiếu" : "Ballots", Table::Align::right},
               {vi ? "Mã số (8 chữ đầu)" : "Digest (first 8)"}});
  Json::Array bundles;
  for (const ManifestBundle& bundle : *packed) {
    constexpr std::size_t kShown = 8;
    table.add({bundle.file, bundle.bundle, std::to_string(bundle.pass), std::to_string(bundle.ballots),
               in_groups_of_four(bundle.sha256.substr(0, kShown))});
    bundles.push_back(Json::object({{"bundle", bundle.bundle},
                                    {"pass", bundle.pass},
                                    {"file", bundle.file},
                                    {"ballots", bundle.ballots},
                                    {"sha256", bundle.sha256}}));
  }
  Reply reply;
  reply.json = {{"manifest", path}, {"bundles", std::move(bundles)}};
  reply.text = (packed->empty() ? "" : table.text()) +
               fmt::format(fmt::runtime(vi ? "{}: thêm {} tệp, {} tệp đã có từ trước\n"
                                           : "{}: {} files added, {} were listed already\n"),
                           path, packed->size(), manifest->bundles.size());
  return reply;
}

Reply pack(const Arguments& arguments) {
  const Result<PackFor> pack_for = contest_to_pack(arguments.path("congress"), arguments.text("contest"));
  if (!pack_for) return pack_for.findings();
  return std::filesystem::is_directory(arguments.path("CSV")) ? pack_all(*pack_for, arguments)
                                                              : pack_one(*pack_for, arguments);
}

}  // namespace

std::vector<Command> pack_commands() {
  return {
      {{"pack",
        {"lập hoặc bổ sung bản kê xấp phiếu (manifest), từng tệp hoặc cả thư mục",
         "makes or extends a manifest, of one file or a folder"},
        {{"CSV",
          {"tệp phiếu của xấp, hoặc thư mục có các tệp B01.csv, B01-2.csv …",
           "the bundle's CSV, or a folder of files named B01.csv, B01-2.csv …"}}},
        {{"congress",
          Takes::one,
          true,
          {"tệp định nghĩa đại hội, hoặc sổ kiểm phiếu", "definition of the congress, or the record"}},
         {"contest", Takes::one, true, {"mã cuộc bầu", "id of the contest"}},
         {"bundle", Takes::one, false, {"số xấp (khi chỉ một tệp)", "number of the bundle (of one file)"}},
         {"pass", Takes::one, false, {"lượt nhập, 1 nếu không ghi", "pass, 1 unless given"}},
         {"station", Takes::one, false, {"máy nhập", "station"}},
         {"method", Takes::one, false, {"keyed, scanned, imported", "keyed, scanned, imported"}},
         {"by", Takes::one, false, {"người nhập", "who keyed"}},
         {"counted",
          Takes::one,
          false,
          {"số tờ đếm tay trước khi nhập", "sheets counted by hand before reading"}},
         {"o",
          Takes::one,
          false,
          {"bản kê; của thư mục thì là manifest.json trong đó",
           "the manifest; of a folder the manifest.json in it"}}}},
       pack},
  };
}

}  // namespace kp
