#include "mock/mock.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "base/canon.h"
#include "base/digest.h"
#include "base/text.h"
#include "contest/definition.h"
#include "contest/list_rules.h"
#include "intake/csv.h"
#include "mock/names.h"
#include "mock/plants.h"
#include "sheet/sheet.h"

namespace kp {
namespace {

constexpr std::size_t kMembers = 5;      // of the board, its head among them
constexpr std::size_t kTechnicians = 3;  // one keys each pass

Json board_json(const std::vector<std::string>& people) {
  Json::Array board;
  for (std::size_t i = 0; i < kMembers + kTechnicians; ++i) {
    const Role role = i == 0 ? Role::head : (i < kMembers ? Role::member : Role::technician);
    board.push_back(Json::object({{"name", people[i]}, {"role", word(role)}}));
  }
  return board;
}

Json rows_json(std::vector<std::string> names) {
  std::sort(names.begin(), names.end(),
            [](const std::string& a, const std::string& b) { return compare_names(a, b) < 0; });
  Json::Array rows;
  for (const std::string& name : names) {
    rows.push_back(Json::object({{"no", static_cast<std::int64_t>(rows.size() + 1)}, {"name", name}}));
  }
  return rows;
}

Json contest_json(const MockOptions& options, std::vector<std::string> names) {
  const bool secretary = options.names == 1 && options.seats == 1;
  const BallotForm form =
      required_form(Question::election, static_cast<std::size_t>(options.names), options.seats);
  return Json::object({{"id", secretary ? "secretary" : "committee"},
                       {"title", secretary ? "Bầu bí thư" : "Bầu ban chấp hành"},
                       {"question", word(Question::election)},
                       {"office", word(secretary ? Office::secretary : Office::committee)},
                       {"ballot", word(form)},
                       {"seats", options.seats},
                       {"rows", rows_json(std::move(names))}});
}

Json congress_json(const MockOptions& options, std::vector<std::string> people) {
  std::vector<std::string> candidates(people.begin() + kMembers + kTechnicians, people.end());
  return Json::object({{"format", "kiemphieu/congress@1"},
                       {"id", fmt::format("dien-tap-{}", options.seed)},
                       {"title", "Đại hội diễn tập kiểm phiếu"},
                       {"unit", "Đảng bộ diễn tập"},
                       {"term", "2025-2030"},
                       {"date", "2025-10-15"},
                       {"kind", word(options.kind)},
                       {"level", word(options.level)},
                       {"regulation", word(Regulation::qd_190_2024)},
                       {"purpose", word(Purpose::practice)},
                       {"electorate", Json::object({{"summoned", options.delegates},
                                                    {"deductions", Json::Array()},
                                                    {"present", options.delegates}})},
                       {"board", board_json(people)},
                       {"signatures_required", 0},
                       {"passes_required", options.passes},
                       {"contests", Json::Array{contest_json(options, std::move(candidates))}}});
}

bool in_bounds(const MockOptions& options) {
  constexpr std::int64_t kMostBallots = 100'000'000;
  constexpr std::int64_t kMostRows = 4096;
  constexpr std::int64_t kMostBundle = 1'000'000;
  const auto within = [](std::int64_t n, std::int64_t most) { return 1 <= n && n <= most; };
  return within(options.delegates, kMostBallots) && within(options.seats, kMostRows) &&
         within(options.names, kMostRows) && within(options.passes, 3) &&
         within(options.bundle_size, kMostBundle);
}

}  // namespace

/// A ballot and what it was meant to be.
struct MockElection::Ballot {
  std::string marks;
  Flags flags;
  Verdict verdict = Verdict::valid;
};

std::optional<MockOptions> mock_preset(std::string_view name) {
  const auto with = [](std::int64_t delegates, std::int64_t seats, std::int64_t names, CongressKind kind,
                       Level level) {
    MockOptions options;
    options.delegates = delegates;
    options.seats = seats;
    options.names = names;
    options.kind = kind;
    options.level = level;
    return options;
  };
  if (name == "branch") return with(25, 5, 6, CongressKind::members, Level::branch);
  if (name == "commune") return with(120, 27, 31, CongressKind::delegates, Level::base);
  if (name == "district") return with(250, 41, 47, CongressKind::delegates, Level::upper_base);
  if (name == "province") return with(348, 55, 63, CongressKind::delegates, Level::province);
  if (name == "national") return with(1600, 200, 230, CongressKind::delegates, Level::central);
  return std::nullopt;
}

MockElection::MockElection(const MockOptions& options, Congress congress, std::string congress_bytes,
                           Random random)
    : options_(options),
      congress_(std::move(congress)),
      congress_bytes_(std::move(congress_bytes)),
      random_(random),
      counts_(static_cast<std::size_t>(options.names)) {
  // The weak are spread over the list: each next one is drawn from those who are not weak yet.
  const auto names = static_cast<std::size_t>(options_.names);
  strike_weights_.resize(names);
  for (std::uint64_t& weight : strike_weights_) weight = 10 + random_.below(20);
  for (std::int64_t weak = options_.seats; weak < options_.names; ++weak) {
    strike_weights_[random_.below(names)] += 150 + random_.below(150);
  }
}

Result<MockElection> MockElection::make(const MockOptions& options) {
  if (!in_bounds(options)) return finding(Code::mock_options);
  Random random(options.seed);
  std::vector<std::string> people =
      mock_names(random, static_cast<std::size_t>(options.names) + kMembers + kTechnicians);
  std::string bytes = canonical(congress_json(options, std::move(people)));
  Result<Congress> congress = parse_congress(bytes, "congress.json");
  if (!congress) return congress.findings();
  if (Findings findings = check_congress(*congress); has_error(findings)) return findings;
  return MockElection(options, std::move(congress).value(), std::move(bytes), random);
}

// Strikes `count` of the names still standing, the weak more often.
void MockElection::strike_names(std::string& marks, std::int64_t count) {
  std::uint64_t total = 0;
  for (std::size_t row = 0; row < marks.size(); ++row) total += marks[row] == 'a' ? strike_weights_[row] : 0;
  for (std::int64_t n = 0; n < count; ++n) {
    std::uint64_t drawn = random_.below(total);
    std::size_t row = 0;
    while (marks[row] != 'a' || drawn >= strike_weights_[row]) {
      if (marks[row] == 'a') drawn -= strike_weights_[row];
      ++row;
    }
    marks[row] = '.';
    total -= strike_weights_[row];
  }
}

MockElection::Ballot MockElection::make_strike() {
  Ballot ballot;
  ballot.marks.assign(static_cast<std::size_t>(options_.names), 'a');
  const std::int64_t surplus = options_.names - options_.seats;
  const std::uint64_t kind = random_.below(1000);
  if (kind < 860 || (860 + 110 + 20 + 4 <= kind && kind < 860 + 110 + 20 + 4 + 4)) {
    strike_names(ballot.marks, surplus);
    if (kind >= 860) ballot.flags = Flags(static_cast<Flag>(random_.below(kFlagCount - 1)));
  } else if (kind < 860 + 110) {
    const auto more = static_cast<std::int64_t>(1 + random_.below(3));
    strike_names(ballot.marks, std::min(surplus + more, options_.names - 1));
  } else if (kind < 860 + 110 + 20) {
    const auto too_few = static_cast<std::int64_t>(1 + random_.below(2));
    strike_names(ballot.marks, std::max<std::int64_t>(0, surplus - too_few));
    ballot.verdict = Verdict::too_many;
  } else if (kind < 860 + 110 + 20 + 4) {
    ballot.marks.assign(ballot.marks.size(), '.');
    ballot.verdict = Verdict::nobody;
  } else {
    ballot.verdict = Verdict::too_many;
  }
  return ballot;
}

MockElection::Ballot MockElection::make_agree() {
  Ballot ballot;
  const std::uint64_t kind = random_.below(1000);
  if (kind < 930) {
    ballot.marks = "a";
  } else if (kind < 980) {
    ballot.marks = "b";
  } else if (kind < 992) {
    ballot.marks = random_.below(2) == 0 ? "." : "*";
    ballot.verdict = Verdict::one_name_box;
  } else {
    ballot.marks = "a";
    ballot.flags = Flags(static_cast<Flag>(random_.below(kFlagCount - 1)));
  }
  return ballot;
}

MockElection::Ballot MockElection::make_ballot() {
  Ballot ballot = congress_.contests.front().ballot == BallotForm::strike ? make_strike() : make_agree();
  if (ballot.flags.has(Flag::not_issued)) {
    ballot.verdict = Verdict::not_issued;
  } else if (ballot.flags.has(Flag::outside_name)) {
    ballot.verdict = Verdict::outside_name;
  } else if (!ballot.flags.none()) {
    ballot.verdict = Verdict::marked;
  }
  return ballot;
}

void MockElection::count(const Ballot& ballot) {
  if (ballot.verdict != Verdict::valid) {
    ++counts_.invalid_by[static_cast<std::size_t>(ballot.verdict)];
    return;
  }
  ++counts_.valid;
  for (std::size_t row = 0; row < ballot.marks.size(); ++row) {
    RowCount& votes = counts_.rows[row];
    if (ballot.marks[row] == '.') {
      ++votes.none;
    } else {
      ++votes.options[static_cast<std::size_t>(ballot.marks[row] - 'a')];
    }
  }
}

std::vector<MockBundle> MockElection::next_bundle() {
  const std::int64_t size = std::min(options_.bundle_size, options_.delegates - made_);
  if (size <= 0) return {};
  std::string csv;
  for (std::uint32_t n = 1; n <= size; ++n) {
    const Ballot ballot = make_ballot();
    count(ballot);
    append_csv(csv, n, ballot.marks, ballot.flags);
  }
  made_ += size;
  ++bundles_;
  std::vector<MockBundle> passes;
  const std::string digest = sha256_hex(csv);
  for (std::int64_t pass = 1; pass <= options_.passes; ++pass) {
    const auto keyer = kMembers + static_cast<std::size_t>(pass - 1);
    ManifestBundle stated;
    stated.bundle = fmt::format("{:03}", bundles_);
    stated.file = fmt::format("{:03}-{}.csv", bundles_, pass);
    stated.sha256 = digest;
    stated.ballots = size;
    stated.pass = pass;
    stated.station = std::string(1, static_cast<char>('A' + pass - 1));
    stated.by = congress_.board[keyer].name;
    stated.method = "keyed";
    stated.counted = size;
    passes.push_back({std::move(stated), csv});
  }
  return passes;
}

Json MockElection::answers() const {
  KP_ASSERT(made_ == options_.delegates);
  SheetInput input{congress_, congress_.contests.front(), congress_.electorate};
  input.issued = options_.delegates;
  input.returned = options_.delegates;
  input.counts = counts_;
  const Json sheet = Json::object(make_sheet(input));
  Json::Object base = sheet.at("base").members();
  std::erase_if(base, [](const Json::Member& member) { return member.first.starts_with("sentence"); });
  Json::Object expected = {{"base", Json::object(std::move(base))}};
  for (const char* key : {"ballots", "rows", "elected", "outcome", "open_seats"})
    expected.emplace_back(key, sheet.at(key));
  return Json::object({{"format", kAnswersFormat},
                       {"contests", Json::object({{contest_id(), Json::object(std::move(expected))}})},
                       {"planted", Json::Array()}});
}

}  // namespace kp
