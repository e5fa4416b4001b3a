// mock: a practice election with known answers, as files (contract §12).
#include <fmt/format.h>

#include <charconv>
#include <filesystem>

#include "base/canon.h"
#include "base/file.h"
#include "kiemphieu/commands.h"
#include "kiemphieu/progress.h"
#include "mock/mock.h"

namespace kp {
namespace {

MockOptions options_from(const Arguments& arguments) {
  MockOptions options;
  if (arguments.has("preset")) {
    const std::optional<MockOptions> preset = mock_preset(arguments.text("preset"));
    if (!preset) {
      arguments.refuse("preset", {"phải là: branch commune district province national",
                                  "must be: branch commune district province national"});
    }
    options = *preset;
  }
  const std::string seed = arguments.text("seed");
  const auto [end, error] = std::from_chars(seed.data(), seed.data() + seed.size(), options.seed);
  if (error != std::errc() || end != seed.data() + seed.size()) {
    arguments.refuse("seed", {"phải là số nguyên không âm", "must be a whole number, not negative"});
  }
  options.delegates = arguments.integer_if("delegates").value_or(options.delegates);
  options.seats = arguments.integer_if("seats").value_or(options.seats);
  options.names = arguments.integer_if("names").value_or(options.names);
  options.passes = arguments.integer_if("passes").value_or(options.passes);
  options.bundle_size = arguments.integer_if("bundle-size").value_or(options.bundle_size);
  return options;
}

// Writes all bundles and their manifest; the election then knows its answers.
Done write_bundles(MockElection& election, const std::string& folder) {
  if (Done made = make_folder(folder); !made) return made;
  const Progress progress = progress_on_terminal("mock");
  Manifest manifest{election.congress_id(), election.contest_id(), {}};
  std::int64_t ballots = 0;
  for (std::vector<MockBundle> passes = election.next_bundle(); !passes.empty();
       passes = election.next_bundle()) {
    ballots += passes.front().stated.ballots;
    for (MockBundle& bundle : passes) {
      if (Done written = write_file(folder + "/" + bundle.stated.file, bundle.csv); !written) return written;
      manifest.bundles.push_back(std::move(bundle.stated));
    }
    if (progress) progress(static_cast<std::size_t>(ballots), static_cast<std::size_t>(election.ballots()));
  }
  if (Done written = write_file(folder + "/manifest.json", manifest_bytes(manifest)); !written)
    return written;
  const Json box = Json::object({{"issued", election.ballots()}, {"returned", election.ballots()}});
  return write_file(folder + "/box.json", canonical(box));
}

Reply mock(const Arguments& arguments) {
  Result<MockElection> election = MockElection::make(options_from(arguments));
  if (!election) return election.findings();
  const std::string folder = arguments.path("o");
  std::error_code error;
  if (std::filesystem::exists(folder + "/congress.json", error))
    return finding(Code::file_exists, folder + "/congress.json");
  if (Done made = make_folder(folder); !made) return made.findings();
  if (Done written = write_file(folder + "/congress.json", election->congress_bytes()); !written)
    return written.findings();
  if (Done written = write_bundles(*election, folder + "/" + election->contest_id()); !written)
    return written.findings();
  const std::string answers = arguments.has("answers") ? arguments.path("answers") : folder + "/answers.json";
  if (Done written = write_file(answers, canonical(election->answers())); !written) return written.findings();
  Reply reply;
  reply.json = {{"congress", folder + "/congress.json"},
                {"contests", Json::Array{election->contest_id()}},
                {"answers", answers}};
  const bool vi = arguments.language() == Language::vi;
  reply.text =
      fmt::format(fmt::runtime(vi ? "Đã tạo cuộc bầu diễn tập {} trong {}: {} phiếu; đáp án: {}\n"
                                  : "Made the practice election {} in {}: {} ballots; answers: {}\n"),
                  election->contest_id(), folder, election->ballots(), answers);
  return reply;
}

}  // namespace

std::vector<Command> mock_commands() {
  return {
      {{"mock",
        {"tạo cuộc bầu diễn tập có sẵn đáp án", "a practice election with known answers"},
        {},
        {{"seed",
          Takes::one,
          true,
          {"hạt giống: cùng số thì cùng cuộc bầu", "seed: the same number, the same election"}},
         {"preset",
          Takes::one,
          false,
          {"branch commune district province national", "branch commune district province national"}},
         {"delegates", Takes::one, false, {"số người bầu", "voters"}},
         {"seats", Takes::one, false, {"số lượng cần bầu", "seats"}},
         {"names", Takes::one, false, {"số người trong danh sách", "names on the list"}},
         {"passes", Takes::one, false, {"số lượt nhập, 1 đến 3", "passes, 1 to 3"}},
         {"bundle-size", Takes::one, false, {"số phiếu mỗi xấp", "ballots a bundle"}},
         {"answers", Takes::one, false, {"tệp đáp án", "file for the answers"}},
         {"o", Takes::one, true, {"thư mục", "folder"}}}},
       mock},
  };
}

}  // namespace kp
