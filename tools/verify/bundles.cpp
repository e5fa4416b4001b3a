#include "verify/bundles.h"

#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "verify/stream_digest.h"

namespace kp::verify {
namespace {

// Many bundles may lawfully be the same few bytes; hundreds of megabytes in many bundles are no honest
// mistake, and going through them again for each would be endless.
constexpr std::size_t kMostReadings = 16;
constexpr std::uint64_t kSmallFile = std::uint64_t{64} << 10U;

std::string file_of(const std::string& digest) {
  return "bundles/" + digest + ".csv";
}

/// One way of reading a file, and the passes that it serves.
struct Job {
  ReadingTask task;
  std::vector<Pass*> passes;
};

// Two passes with equal keys are served by one reading.
auto key_of(const ReadingTask& task) {
  return std::tuple(task.rule.form, task.rule.rows, task.rule.seats, task.rule.election, task.apart.get(),
                    task.compare);
}

/// Reads the bundles of one dossier, file after file.
class BundleReader {
 public:
  BundleReader(Dossier& dossier, Survey& survey, Faults& faults, const Progress& progress)
      : dossier_(dossier), faults_(faults), progress_(progress) {
    std::map<BundleKey, std::set<std::string>> digests;
    for (auto& [line, pass] : survey.passes) {
      const std::string& digest = pass.body.at("sha256").string();
      digests[{pass.contest, pass.bundle}].insert(digest);
      files_[digest].push_back(&pass);
    }
    for (const auto& [key, several] : digests) {
      if (several.size() > 1) compared_.insert(key);
    }
    for (const auto& [digest, passes] : files_) total_ += dossier_.size_of(file_of(digest));
  }

  void run() {
    for (const auto& [digest, passes] : files_) {
      warn_of_equal_bytes(digest, passes);
      if (!dossier_.expect(file_of(digest), faults_)) continue;
      read_file(digest, passes);
    }
  }

 private:
  void warn_of_equal_bytes(const std::string& digest, const std::vector<Pass*>& passes) {
    const Pass& first = *passes.front();
    for (const Pass* pass : passes) {
      if (pass->contest != first.contest || pass->bundle == first.bundle) continue;
      faults_.add(Code::verify_bundle_equal_bytes, file_of(digest),
                  {first.contest, first.bundle, pass->bundle});
      return;
    }
  }

  void read_file(const std::string& digest, const std::vector<Pass*>& passes) {
    std::vector<Job> jobs = jobs_of(passes);
    const std::string name = file_of(digest);
    const bool too_often = jobs.size() > kMostReadings && dossier_.size_of(name) > kSmallFile;
    if (too_often) {
      faults_.add(Code::verify_bundle_too_often, name, {std::to_string(jobs.size())});
      jobs.clear();
    }
    if (!digest_and_first_job(digest, jobs)) return;
    for (std::size_t i = 1; i < jobs.size(); ++i) {
      BundleParser parser(jobs[i].task);
      const Done done =
          dossier_.stream(name, kMostBundleBytes, [&](std::string_view piece) { return parser.feed(piece); });
      if (!done) return faults_.add(done.findings());
      settle(name, parser, jobs[i]);
    }
  }

  [[nodiscard]] std::vector<Job> jobs_of(const std::vector<Pass*>& passes) const {
    std::vector<Job> jobs;
    std::map<decltype(key_of({})), std::size_t> known;
    for (Pass* pass : passes) {
      if (!pass->rule || pass->rule->rows == 0) continue;
      const ReadingTask task{*pass->rule, pass->apart, compared_.contains({pass->contest, pass->bundle})};
      const auto [it, added] = known.emplace(key_of(task), jobs.size());
      if (added) jobs.push_back({task, {}});
      jobs[it->second].passes.push_back(pass);
    }
    return jobs;
  }

  // Digests the file and, on the way, parses it for the first job. Returns whether the bytes are the recorded
  // ones.
  bool digest_and_first_job(const std::string& digest, std::vector<Job>& jobs) {
    const std::string name = file_of(digest);
    StreamDigest found;
    std::optional<BundleParser> parser;
    if (!jobs.empty()) parser.emplace(jobs.front().task);
    const Done done = dossier_.stream(name, kMostBundleBytes, [&](std::string_view piece) {
      found.add(piece);
      if (parser) parser->feed(piece);
      done_ += piece.size();
      if (progress_) progress_(done_, total_);
      return true;
    });
    if (!done) {
      faults_.add(done.findings());
      return false;
    }
    const std::string digits = found.hex_digits();
    if (digits != digest) {
      // Other bytes than those recorded are no evidence of anything: what they say is not looked at.
      faults_.add(Code::verify_dossier_digest, name, {digits});
      return false;
    }
    if (parser) settle(name, *parser, jobs.front());
    return true;
  }

  void settle(const std::string& name, BundleParser& parser, const Job& job) {
    if (!parser.finish()) {
      const BundleFault& fault = parser.fault();
      const std::string place = fault.line == 0 ? name : name + ":" + std::to_string(fault.line);
      return faults_.add(fault.code, place, fault.args);
    }
    const auto facts = std::make_shared<const BundleFacts>(std::move(parser).facts());
    for (Pass* pass : job.passes) {
      pass->facts = facts;
      const std::int64_t stated = pass->body.at("ballots").integer();
      if (stated != facts->ballots) {
        faults_.add(Code::verify_bundle_ballots, place_of(pass->line, "/body/ballots"),
                    {std::to_string(stated), std::to_string(facts->ballots)});
      }
    }
  }

  Dossier& dossier_;
  Faults& faults_;
  const Progress& progress_;
  std::map<std::string, std::vector<Pass*>> files_;
  std::set<BundleKey> compared_;
  std::uint64_t total_ = 0;
  std::uint64_t done_ = 0;
};

}  // namespace

void read_bundles(Dossier& dossier, Survey& survey, Faults& faults, const Progress& progress) {
  BundleReader(dossier, survey, faults, progress).run();
}

}  // namespace kp::verify
