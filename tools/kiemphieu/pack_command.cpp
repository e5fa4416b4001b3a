// pack: bundle files into a manifest, one by one or a folder at once.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/digest.h"
#include "base/file.h"
#include "base/text.h"
#include "kiemphieu/commands.h"
#include "kiemphieu/pack_folder.h"

namespace kp {
namespace {

namespace fs = std::filesystem;

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

Reply pack_one(const Arguments& arguments) {
  for (const std::string_view needed : {"congress", "contest", "bundle", "o"}) {
    if (!arguments.has(needed))
      throw UsageError(fmt::format("{} {}{}", arguments.language() == Language::vi ? "thiếu" : "missing",
                                   needed.size() == 1 ? "-" : "--", needed));
  }
  const Result<PackFor> pack_for = contest_to_pack(arguments.path("congress"), arguments.text("contest"));
  if (!pack_for) return pack_for.findings();
  Result<ManifestBundle> stated = stated_by(arguments);
  if (!stated) return stated.findings();
  if (!arguments.has("station")) stated->station = std::to_string(stated->pass);
  const std::string path = arguments.path("o");
  const Result<ManifestBundle> packed = pack_bundle(*pack_for, arguments.path("CSV"), path, *stated);
  if (!packed) return packed.findings();
  Reply reply;
  reply.json = {{"manifest", path}, {"sha256", packed->sha256}, {"ballots", packed->ballots}};
  const bool vi = arguments.language() == Language::vi;
  reply.text =
      fmt::format(fmt::runtime(vi ? "{}: {} phiếu\n  mã số: {}\n" : "{}: {} ballots\n  digest: {}\n"),
                  arguments.path("CSV"), packed->ballots, in_groups_of_four(packed->sha256));
  return reply;
}

// The definition that was named, or lies in the folder or beside it.
std::string definition_for(const std::string& folder, const Arguments& arguments) {
  if (arguments.has("congress")) return arguments.path("congress");
  for (const fs::path& near : {fs::path(folder), fs::path(folder) / ".."}) {
    std::error_code error;
    if (const fs::path path = near / "congress.json"; fs::is_regular_file(path, error)) return path.string();
  }
  throw UsageError(fmt::format(
      fmt::runtime(arguments.language() == Language::vi
                       ? "thiếu --congress: không có congress.json trong {} hay ngay bên ngoài thư mục ấy"
                       : "missing --congress: there is no congress.json in {} or right outside it"),
      folder));
}

std::string shown(const std::string& path) {
  return fs::path(path).lexically_normal().string();
}

// The contest that was named; else that of the manifest, the one named like the folder, or the only one.
Result<std::string> contest_for(const std::string& folder, const std::string& manifest,
                                const std::string& definition, const Arguments& arguments) {
  if (arguments.has("contest")) return arguments.text("contest");
  std::error_code error;
  if (fs::exists(manifest, error)) {
    const Result<std::string> bytes = read_file(manifest, kMostManifestBytes);
    if (!bytes) return bytes.findings();
    const Result<Manifest> known = parse_manifest(*bytes, manifest);
    if (!known) return known.findings();
    return known->contest;
  }
  const Result<std::vector<std::string>> ids = contests_to_pack(definition);
  if (!ids) return ids.findings();
  const std::string named = fs::canonical(folder, error).filename().string();
  if (std::ranges::find(*ids, named) != ids->end()) return named;
  if (ids->size() == 1) return ids->front();
  throw UsageError(fmt::format(fmt::runtime(arguments.language() == Language::vi
                                                ? "thiếu --contest: {} có {} cuộc bầu ({}), không cuộc nào "
                                                  "trùng tên thư mục"
                                                : "missing --contest: {} has {} contests ({}), none named "
                                                  "like the folder"),
                               shown(definition), ids->size(), fmt::join(*ids, ", ")));
}

Reply pack_all(const Arguments& arguments) {
  const std::string folder = arguments.path("CSV");
  for (const std::string_view one_file : {"bundle", "pass", "counted"}) {
    if (arguments.has(one_file))
      arguments.refuse(one_file, {"tên từng tệp trong thư mục đã cho biết", "the names of the files say it"});
  }
  const Result<ManifestBundle> stated = stated_by(arguments);
  if (!stated) return stated.findings();
  const std::string path =
      arguments.has("o") ? arguments.path("o") : (fs::path(folder) / "manifest.json").string();
  const std::string definition = definition_for(folder, arguments);
  const Result<std::string> contest = contest_for(folder, path, definition, arguments);
  if (!contest) return contest.findings();
  const Result<PackFor> pack_for = contest_to_pack(definition, *contest);
  if (!pack_for) return pack_for.findings();
  const Result<Manifest> manifest = manifest_to_extend(path, pack_for->congress.id, pack_for->contest.id);
  if (!manifest) return manifest.findings();
  const Result<std::vector<FileToPack>> files = files_to_pack(folder, *manifest, *stated);
  if (!files) return files.findings();
  const Result<std::vector<ManifestBundle>> packed = pack_bundles(*pack_for, path, *files);
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
  reply.json = {{"manifest", path},
                {"congress", pack_for->congress.id},
                {"contest", pack_for->contest.id},
                {"bundles", std::move(bundles)}};
  if (!arguments.has("congress") || !arguments.has("contest")) {
    reply.text = fmt::format(fmt::runtime(vi ? "Cuộc bầu {} theo {}\n" : "Contest {} of {}\n"),
                             pack_for->contest.id, shown(definition));
  }
  reply.text += (packed->empty() ? "" : table.text()) +
                fmt::format(fmt::runtime(vi ? "{}: thêm {} tệp, {} tệp đã có từ trước\n"
                                            : "{}: {} files added, {} were listed already\n"),
                            path, packed->size(), manifest->bundles.size());
  return reply;
}

Reply pack(const Arguments& arguments) {
  return fs::is_directory(arguments.path("CSV")) ? pack_all(arguments) : pack_one(arguments);
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
          false,
          {"tệp định nghĩa đại hội, hoặc sổ kiểm phiếu; của thư mục thì tìm congress.json trong đó hoặc ngay "
           "bên ngoài",
           "definition of the congress, or the record; of a folder the congress.json in it or right "
           "outside"}},
         {"contest",
          Takes::one,
          false,
          {"mã cuộc bầu; của thư mục thì theo bản kê, tên thư mục, hoặc cuộc duy nhất",
           "id of the contest; of a folder as its manifest or its name says, or the only one"}},
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
