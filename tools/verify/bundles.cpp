#include "verify/bundles.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "base/work_in_order.h"
#include "verify/stream_digest.h"

namespace kp::verify {
namespace {

// Many bundles may lawfully be the same few bytes; hundreds of megabytes in many bundles are no honest
// mistake, and going through them again for each would be endless.
constexpr std::size_t kMostReadings = 16;
constexpr std::uint64_t kSmallFile = std::uint64_t{64} << 10U;
constexpr std::size_t kMostThreads = 4;

std::string file_of(const std::string& digest) {
  return "bundles/" + digest + ".csv";
}

/// One way of reading a file, and the passes that it serves.
struct Job {
  ReadingTask task;
  std::vector<Pass*> passes;
};

/// A file that the record names.
struct Wanted {
  std::string name;
  std::string digest;
  std::vector<Job> jobs;
  Findings faults;  ///< found without reading it
  bool there = false;
};

/// What one reading of a file gives: facts, or why not.
struct JobReading {
  Findings faults;
  std::shared_ptr<const BundleFacts> facts;
};

/// The readings for a file's jobs, in their order, as far as they went.
using FileReading = std::vector<JobReading>;

// Two passes with equal keys are served by one reading.
auto key_of(const ReadingTask& task) {
  return std::tuple(task.rule.form, task.rule.rows, task.rule.seats, task.rule.election, task.apart.get(),
                    task.compare);
}

/// Reads the bundles of one dossier: several files at once, what they say in the order of their names.
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
    std::vector<Wanted> wanted;
    for (const auto& [digest, passes] : files_) wanted.push_back(look_at(digest, passes));
    work_in_order(
        wanted.size(), threads_here(kMostThreads), [&](std::size_t i) { return read_file(wanted[i]); },
        [&](std::size_t i, FileReading reading) { settle(wanted[i], std::move(reading)); });
  }

 private:
  static void warn_of_equal_bytes(const std::string& digest, const std::vector<Pass*>& passes,
                                  Faults& faults) {
    const Pass& first = *passes.front();
    for (const Pass* pass : passes) {
      if (pass->contest != first.contest || pass->bundle == first.bundle) continue;
      faults.add(Code::verify_bundle_equal_bytes, file_of(digest),
                 {first.contest, first.bundle, pass->bundle});
      return;
    }
  }

  // What there is to read of a file, and what is to be said of it before that.
  Wanted look_at(const std::string& digest, const std::vector<Pass*>& passes) {
    Wanted wanted{file_of(digest), digest, {}, {}, false};
    Faults found;
    warn_of_equal_bytes(digest, passes, found);
    wanted.there = dossier_.expect(wanted.name, found);
    if (wanted.there) wanted.jobs = jobs_of(passes);
    if (wanted.jobs.size() > kMostReadings && dossier_.size_of(wanted.name) > kSmallFile) {
      found.add(Code::verify_bundle_too_often, wanted.name, {std::to_string(wanted.jobs.size())});
      wanted.jobs.clear();
    }
    wanted.faults = found.listed();
    return wanted;
  }

  // Runs on a thread of its own: changes nothing.
  [[nodiscard]] FileReading read_file(const Wanted& wanted) const {
    FileReading readings;
    if (!wanted.there || !digest_and_first_job(wanted, readings)) return readings;
    for (std::size_t i = 1; i < wanted.jobs.size(); ++i) {
      BundleParser parser(wanted.jobs[i].task);
      const Done done = dossier_.stream(wanted.name, kMostBundleBytes,
                                        [&](std::string_view piece) { return parser.feed(piece); });
      if (!done) {
        readings.push_back({done.findings(), nullptr});
        return readings;
      }
      readings.push_back(reading_of(wanted.name, parser));
    }
    return readings;
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
  bool digest_and_first_job(const Wanted& wanted, FileReading& readings) const {
    StreamDigest found;
    std::optional<BundleParser> parser;
    if (!wanted.jobs.empty()) parser.emplace(wanted.jobs.front().task);
    const Done done = dossier_.stream(wanted.name, kMostBundleBytes, [&](std::string_view piece) {
      found.add(piece);
      if (parser) parser->feed(piece);
      return true;
    });
    if (!done) {
      readings.push_back({done.findings(), nullptr});
      return false;
    }
    const std::string digits = found.hex_digits();
    if (digits != wanted.digest) {
      // Other bytes than those recorded are no evidence of anything: what they say is not looked at.
      readings.push_back({{finding(Code::verify_dossier_digest, wanted.name, {digits})}, nullptr});
      return false;
    }
    if (parser) readings.push_back(reading_of(wanted.name, *parser));
    return true;
  }

  static JobReading reading_of(const std::string& name, BundleParser& parser) {
    if (!parser.finish()) {
      const BundleFault& fault = parser.fault();
      const std::string place = fault.line == 0 ? name : name + ":" + std::to_string(fault.line);
      return {{finding(fault.code, place, fault.args)}, nullptr};
    }
    return {{}, std::make_shared<const BundleFacts>(std::move(parser).facts())};
  }

  void settle(const Wanted& wanted, FileReading readings) {
    faults_.add(wanted.faults);
    for (std::size_t i = 0; i < readings.size(); ++i) {
      faults_.add(std::move(readings[i].faults));
      if (readings[i].facts != nullptr) settle_passes(wanted.jobs[i], readings[i].facts);
    }
    if (!wanted.there) return;
    done_ += dossier_.size_of(wanted.name);
    if (progress_) progress_(done_, total_);
  }

  void settle_passes(const Job& job, const std::shared_ptr<const BundleFacts>& facts) {
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
