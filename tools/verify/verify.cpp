#include "verify/verify.h"

#include <algorithm>
#include <array>
#include <exception>
#include <optional>
#include <set>

#include "base/file.h"
#include "verify/account.h"
#include "verify/authorship.h"
#include "verify/bundles.h"
#include "verify/canon.h"
#include "verify/definitions.h"
#include "verify/dossier.h"
#include "verify/encoding.h"
#include "verify/manifests.h"
#include "verify/minutes.h"
#include "verify/minutes_judgement.h"
#include "verify/prefix.h"
#include "verify/replay.h"
#include "verify/survey.h"
#include "verify/tree.h"

namespace kp::verify {
namespace {

constexpr std::uint64_t kMostCheckpointBytes = 4096;
constexpr std::uint64_t kMostResultBytes = std::uint64_t{64} << 20U;
constexpr std::uint64_t kMostCaBytes = std::uint64_t{16} << 20U;

/// One verification, step by step; what a step needs of those before it stays here.
class Verification {
 public:
  explicit Verification(const Request& request) : request_(request) {}

  Report run() {
    Result<Dossier> dossier = Dossier::open(request_.dossier, faults_);
    if (!dossier) {
      faults_.add(dossier.findings());
    } else {
      dossier_.emplace(std::move(*dossier));
      look_at_everything();
    }
    report_.findings = faults_.listed();
    if (faults_.has_error()) report_.level = Assurance::none;
    return std::move(report_);
  }

 private:
  void look_at_everything() {
    read_typed();
    read_authority();
    read_definition();
    const std::optional<std::string> record = read("record.jsonl", kMostRecordBytes);
    if (!record) return admit_what_cannot_be_judged();
    survey_ = survey_record(*record, congress_ ? &*congress_ : nullptr, wanted_, faults_);
    report_.record_size = survey_.size;
    report_.record_root = hex(survey_.root);
    if (!wanted_.empty()) typed_.root_size = survey_.wanted_sizes.front();
    check_checkpoint();
    check_prefix(*record);
    check_manifests(*dossier_, survey_, congress_ ? congress_->id : std::string(), faults_);
    const bool has_bundles = survey_.passes.empty() || dossier_->has_folder("bundles");
    if (has_bundles) {
      read_bundles(*dossier_, survey_, faults_, request_.progress);
    } else {
      faults_.add(Code::verify_count_not_recomputed, "bundles/");
    }
    if (!congress_ || survey_.broken) {
      faults_.add(Code::verify_record_not_replayed, "record.jsonl");
      return admit_what_cannot_be_judged();
    }
    const Setting setting{*congress_, congress_digest_, report_.record_id, survey_, has_bundles};
    Evening evening(setting, faults_);
    if (request_.account) {
      account_ = std::make_shared<Account>(account_so_far(has_bundles));
      evening.chronicle = &account_->happenings;
    }
    replay(evening, *record);
    judge(evening);
    if (account_ == nullptr) return;
    for (const auto& [id, state] : evening.contests.all()) account_->contests.push_back(state.contest);
    report_.account = account_;
  }

  void read_typed() {
    for (const std::string& digest : request_.digests) {
      // What is no digest agrees with nothing.
      typed_.digests.push_back(typed_digest(digest).value_or(digest));
    }
    for (const std::string& text : request_.lines) {
      typed_.lines.push_back(typed_line(text).value_or(TypedLine{}));
      const std::vector<std::size_t>& wrong = typed_.lines.back().wrong;
      if (wrong.empty()) continue;
      std::string groups;
      for (const std::size_t group : wrong) groups += (groups.empty() ? "" : ", ") + std::to_string(group);
      faults_.add(Code::verify_bound_line_slip, "--line", {groups});
    }
    if (request_.root.empty()) return;
    typed_.root = request_.root;
    if (const std::optional<Digest> root = typed_root(request_.root)) wanted_.push_back(*root);
  }

  void read_authority() {
    if (request_.ca_file.empty()) return;
    const Result<std::string> pem = read_file(request_.ca_file, kMostCaBytes);
    if (!pem) return faults_.add(pem.findings());
    Result<Authority> authority = Authority::from_pem(*pem, request_.ca_file);
    if (!authority) return faults_.add(authority.findings());
    authority_.emplace(std::move(authority).value());
  }

  // The bytes of a file that must be there; nothing when that is not so, which is then said.
  std::optional<std::string> read(const std::string& name, std::uint64_t most) {
    if (!dossier_->expect(name, faults_)) return std::nullopt;
    Result<std::string> bytes = dossier_->read(name, most);
    if (bytes) return std::move(bytes).value();
    faults_.add(bytes.findings());
    return std::nullopt;
  }

  void read_definition() {
    const std::optional<std::string> bytes = read("congress.json", kMostCongressBytes);
    if (!bytes) return;
    congress_ = read_congress(*bytes, faults_);
    if (!congress_) return;
    constexpr std::size_t kIdDigits = 16;
    congress_digest_ = sha256_hex(*bytes);
    report_.record_id = congress_->id + "-" + congress_digest_.substr(0, kIdDigits);
    report_.practice = congress_->purpose == Purpose::practice;
    report_.congress = congress_->title;
  }

  void check_checkpoint() {
    const std::optional<std::string> text = read("checkpoint.txt", kMostCheckpointBytes);
    if (!text) return;
    std::vector<std::string> lines;
    for_each_line(*text, [&](std::string_view line, std::uint64_t) { lines.emplace_back(line); });
    if (lines.size() != 3 || text->back() != '\n') {
      return faults_.add(Code::verify_checkpoint_form, "checkpoint.txt");
    }
    if (!congress_) return;
    const std::string expected =
        checkpoint_text(report_.record_id, report_.practice, survey_.size, survey_.root);
    for_each_line(expected, [&](std::string_view line, std::uint64_t number) {
      if (lines[number] == line) return;
      faults_.add(Code::verify_checkpoint_mismatch, "checkpoint.txt:" + std::to_string(number + 1),
                  {shown_name(lines[number]), std::string(line)});
    });
  }

  void check_prefix(std::string_view record) {
    if (request_.prefix.empty()) return;
    const Result<Older> older = read_older(request_.prefix);
    if (!older) return faults_.add(older.findings());
    std::string origin;
    if (congress_) {
      origin = checkpoint_text(report_.record_id, report_.practice, 0, {});
      origin.resize(origin.find('\n'));
    }
    report_.prefix = size_of_prefix(*older, record, origin, faults_);
  }

  // What an account holds before the record is replayed.
  [[nodiscard]] Account account_so_far(bool has_bundles) const {
    Account account;
    account.congress = *congress_;
    account.congress_digest = congress_digest_;
    std::set<std::string> manifests;
    std::set<std::string> bundles;
    for (const auto& [line, pass] : survey_.passes) {
      manifests.insert(text_in(pass.body, "manifest"));
      bundles.insert(text_in(pass.body, "sha256"));
      if (pass.facts != nullptr) account.ballots_read += static_cast<std::uint64_t>(pass.facts->ballots);
    }
    account.manifests = manifests.size();
    account.has_bundles = has_bundles;
    account.bundle_files = has_bundles ? bundles.size() : 0;
    account.authority_given = authority_.has_value();
    account.digests_typed = typed_.digests.size();
    account.lines_typed = typed_.lines.size();
    account.root_typed = !typed_.root.empty();
    return account;
  }

  // Without a record, which other files belong to the dossier is not known: none of them is called foreign.
  void admit_what_cannot_be_judged() { dossier_->admit_all(); }

  void judge(const Evening& evening) {
    check_result_files(evening.contests);
    dossier_->report_the_rest(faults_);
    bool all_signed = true;
    for (const ContestState* state : evening.contests.standing()) {
      const SignerTally tally =
          count_signers(*congress_, *state, authority_ ? &*authority_ : nullptr, faults_);
      const std::int64_t required = congress_->signatures_required;
      if (tally.counting < required) {
        Finding few = finding(Code::verify_signature_too_few, state->contest.id,
                              {std::to_string(tally.counting), std::to_string(required)});
        if (request_.unsigned_ok) few.severity = Severity::warning;
        faults_.add(std::move(few));
      }
      all_signed = all_signed && tally.attributed && tally.counting >= std::max<std::int64_t>(1, required);
      report_.results.push_back(report_of(*state, tally));
      if (account_ == nullptr) continue;
      const ResultState& result = *state->last_result;
      account_->results.push_back({state->contest.id, result.seq, result.sha256, result.rebuilt,
                                   canonical_bytes(result.rebuilt) == result.bytes, result.recounted,
                                   tally.signers});
    }
    for (const TypedLine& line : typed_.lines) {
      if (std::string contest = contest_of(evening, line); !contest.empty())
        report_.lines.push_back(std::move(contest));
    }
    check_minutes(evening.contests);
    const bool bound = is_bound(evening, typed_, faults_);
    report_.level = Assurance::consistent;
    if (bound) report_.level = Assurance::bound;
    if (all_signed && !report_.results.empty()) report_.level = Assurance::signatures;
  }

  void check_result_files(const Contests& contests) {
    for (const ContestState* state : contests.standing()) {
      const std::string name = "results/" + state->contest.id + ".json";
      dossier_->admit("results/" + state->contest.id + ".pdf");
      compare_file(name, state->last_result->bytes, Code::verify_result_file_differs);
      if (!state->last_result->p7s.empty()) {
        compare_file(name + ".p7s", state->last_result->p7s, Code::verify_signature_file_differs);
      }
    }
  }

  void check_minutes(const Contests& contests) {
    const MinutesSetting setting{*congress_, contests.standing(), authority_ ? &*authority_ : nullptr,
                                 request_.pdf_reader};
    const auto judge_file = [&](const Result<std::string>& pdf, const ContestState* contest,
                                const std::string& place) {
      if (!pdf) return faults_.add(pdf.findings());
      report_.minutes.push_back(judge_minutes(*pdf, contest, place, setting, faults_));
    };
    for (const ContestState* state : setting.standing) {
      const std::string name = "results/" + state->contest.id + ".pdf";
      if (dossier_->has(name)) {
        judge_file(dossier_->read(name, kMostMinutesBytes), state, name);
      } else if (!request_.without_minutes) {
        faults_.add(Code::verify_dossier_missing_file, name);
      }
    }
    if (request_.minutes.empty()) return;
    judge_file(read_file(request_.minutes, kMostMinutesBytes), nullptr, shown_name(request_.minutes));
  }

  void compare_file(const std::string& name, const std::string& expected, Code code) {
    const std::optional<std::string> bytes = read(name, kMostResultBytes);
    if (bytes && *bytes != expected) faults_.add(code, name);
  }

  static ResultReport report_of(const ContestState& state, const SignerTally& tally) {
    const ResultState& result = *state.last_result;
    const bool seats = has_seats(state.contest.question);
    return {state.contest.id,
            state.contest.title,
            result.outcome,
            result.sha256,
            state.contest.question == Question::election,
            seats ? state.contest.seats : 0,
            result.elected_count,
            result.valid,
            result.invalid,
            result.recounted,
            tally.counting};
  }

  const Request& request_;
  Faults faults_;
  Report report_;
  std::optional<Dossier> dossier_;
  Typed typed_;
  std::vector<Digest> wanted_;
  std::optional<Authority> authority_;
  std::optional<Congress> congress_;
  std::string congress_digest_;
  Survey survey_;
  std::shared_ptr<Account> account_;
};

}  // namespace

Report verify(const Request& request) {
  try {
    return Verification(request).run();
  } catch (const std::exception& error) {
    // Memory ran out, or a library threw: nothing was shown, and that is what the report says.
    Report report;
    report.findings.push_back(finding(Code::verify_stopped, {}, {error.what()}));
    return report;
  }
}

std::string_view word(Assurance level) {
  constexpr auto kWords = std::to_array<std::string_view>({"none", "consistent", "bound", "signed"});
  return kWords[static_cast<std::size_t>(level)];
}

}  // namespace kp::verify
