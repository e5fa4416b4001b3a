#include "mock/presets.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "mock/people.h"

namespace kp {
namespace {

constexpr std::size_t kMembers = 5;      // of the board, its head among them
constexpr std::size_t kTechnicians = 3;  // one keys each pass

// A board: the first of `members` heads it.
Json board_json(const std::vector<std::string>& members, const std::vector<std::string>& technicians) {
  Json::Array board;
  for (const std::string& name : members) {
    const Role role = board.empty() ? Role::head : Role::member;
    board.push_back(Json::object({{"name", name}, {"role", word(role)}}));
  }
  for (const std::string& name : technicians) {
    board.push_back(Json::object({{"name", name}, {"role", word(Role::technician)}}));
  }
  return board;
}

/// An election, without what sets it apart from the congress.
struct Ballot {
  const char* id;
  const char* title;
  Office office;
  std::int64_t seats;
};

Json contest_json(const Ballot& ballot, Json::Array rows) {
  const BallotForm form = required_form(Question::election, rows.size(), ballot.seats);
  return Json::object({{"id", ballot.id},
                       {"title", ballot.title},
                       {"question", word(Question::election)},
                       {"office", word(ballot.office)},
                       {"ballot", word(form)},
                       {"seats", ballot.seats},
                       {"rows", std::move(rows)}});
}

Json electorate_json(std::int64_t summoned, std::int64_t present) {
  return Json::object({{"summoned", summoned}, {"deductions", Json::Array()}, {"present", present}});
}

/// People who are drawn one after another for boards and lists.
class Hall {
 public:
  Hall(std::uint64_t seed, std::size_t people) : random_(seed), people_(mock_people(random_, people)) {}

  std::vector<MockPerson> take(std::int64_t count) {
    const auto from = people_.begin() + static_cast<std::ptrdiff_t>(taken_);
    taken_ += static_cast<std::size_t>(count);
    return {from, people_.begin() + static_cast<std::ptrdiff_t>(taken_)};
  }
  std::vector<std::string> names(std::size_t count) {
    std::vector<std::string> names;
    for (const MockPerson& person : take(static_cast<std::int64_t>(count))) names.push_back(person.name);
    return names;
  }

 private:
  Random random_;
  std::vector<MockPerson> people_;
  std::size_t taken_ = 0;
};

/// The boards' people, and the frame of a definition.
struct Frame {
  std::vector<std::string> members;
  std::vector<std::string> technicians;
};

Json frame_json(const MockOptions& options, const Frame& frame, Json::Array contests) {
  // Half of an odd number is no whole number of votes: one more is summoned who does not come.
  const bool one_away = options.plants.contains(PlantKind::exactly_half) && options.delegates % 2 != 0;
  return Json::object(
      {{"format", "kiemphieu/congress@1"},
       {"id", fmt::format("dien-tap-{}", options.seed)},
       {"title", "Đại hội diễn tập kiểm phiếu"},
       {"unit", "Đảng bộ diễn tập"},
       {"term", "2025-2030"},
       {"date", "2025-10-15"},
       {"kind", word(options.kind)},
       {"level", word(options.level)},
       {"regulation", word(Regulation::qd_190_2024)},
       {"purpose", word(Purpose::practice)},
       {"electorate", electorate_json(options.delegates + (one_away ? 1 : 0), options.delegates)},
       {"board", board_json(frame.members, frame.technicians)},
       {"signatures_required", 0},
       {"passes_required", passes_of(options, 1)},
       {"contests", std::move(contests)}});
}

/// An evening in the making: the congress first, then the new committee's first meeting.
class Evening {
 public:
  Evening(const MockOptions& options, const Elect& elect)
      : options_(options), elect_(elect), hall_(options.seed, kMembers + kTechnicians + 200) {}

  Result<Json> definition() {
    frame_ = {hall_.names(kMembers), hall_.names(kTechnicians)};
    if (Done done = at_the_congress(); !done) return done.findings();
    if (Done done = committee_meets(); !done) return done.findings();
    if (Done done = inspection_is_elected(); !done) return done.findings();
    return frame_json(options_, frame_, contests_);
  }

 private:
  // Adds a contest. Returns: the rows of those elected, most votes first.
  Result<Json::Array> hold(Json contest) {
    contests_.push_back(std::move(contest));
    const Result<std::vector<std::uint32_t>> elected = elect_(frame_json(options_, frame_, contests_));
    if (!elected) return elected.findings();
    Json::Array rows;
    for (const std::uint32_t no : *elected) rows.push_back(contests_.back().at("rows").array()[no - 1]);
    return rows;
  }

  Done at_the_congress() {
    Result<Json::Array> committee =
        hold(contest_json({"committee", "Bầu ban chấp hành", Office::committee, options_.seats},
                          rows_of(hall_.take(options_.names))));
    if (!committee) return committee.findings();
    committee_ = std::move(committee).value();
    for (const auto& [ballot, names] :
         {std::pair{Ballot{"delegates", "Bầu đại biểu dự đại hội cấp trên", Office::delegates, 12}, 14},
          std::pair{Ballot{"alternate-delegates", "Bầu đại biểu dự khuyết", Office::alternate_delegates, 2},
                    3}}) {
      if (const auto held = hold(contest_json(ballot, rows_of(hall_.take(names)))); !held)
        return held.findings();
    }
    return done();
  }

  // Rows of other lists as a list of its own, in name order as they were there.
  static Json::Array list_of(Json::Array rows) {
    std::sort(rows.begin(), rows.end(),
              [](const Json& left, const Json& right) { return list_before(left, right); });
    std::int64_t no = 0;
    for (Json& row : rows) row.set("no", ++no);
    return rows;
  }
  static bool list_before(const Json& left, const Json& right) {
    return compare_names(left.at("name").string(), right.at("name").string()) < 0;
  }
  static Json::Array some(const Json::Array& rows, std::size_t from, std::size_t count) {
    const std::size_t begin = std::min(from, rows.size());
    const std::size_t end = std::min(begin + count, rows.size());
    return {rows.begin() + static_cast<std::ptrdiff_t>(begin),
            rows.begin() + static_cast<std::ptrdiff_t>(end)};
  }

  // A contest of a meeting of `voters`, counted by a board of theirs who stand for nothing.
  Json at_meeting(Json contest, CongressKind kind, const Json::Array& voters, const Json::Array& counters) {
    std::vector<std::string> board;
    for (const Json& row : counters) board.push_back(row.at("name").string());
    const auto number = static_cast<std::int64_t>(voters.size());
    contest.set("kind", word(kind));
    contest.set("electorate", electorate_json(number, number));
    contest.set("board", board_json(board, frame_.technicians));
    return contest;
  }
  Json of_committee(const Ballot& ballot, Json::Array rows, const char* among) {
    Json contest = at_meeting(contest_json(ballot, list_of(std::move(rows))), CongressKind::committee,
                              committee_, some(committee_, 15, 3));
    if (among != nullptr) contest.set("among", among);
    return contest;
  }

  Done committee_meets() {
    const auto standing =
        hold(of_committee({"standing-committee", "Bầu ban thường vụ", Office::standing_committee, 9},
                          some(committee_, 0, 10), "committee"));
    if (!standing) return standing.findings();
    const auto secretary = hold(of_committee({"secretary", "Bầu bí thư", Office::secretary, 1},
                                             some(*standing, 0, 1), "standing-committee"));
    if (!secretary) return secretary.findings();
    const auto deputies =
        hold(of_committee({"deputy-secretary", "Bầu phó bí thư", Office::deputy_secretary, 2},
                          some(*standing, 1, 2), "standing-committee"));
    if (!deputies) return deputies.findings();
    return done();
  }

  Done inspection_is_elected() {
    Json::Array candidates = some(committee_, 10, 4);
    for (Json& outsider : rows_of(hall_.take(2))) candidates.push_back(std::move(outsider));
    const auto inspection = hold(of_committee({"inspection", "Bầu uỷ ban kiểm tra", Office::inspection, 5},
                                              std::move(candidates), nullptr));
    if (!inspection) return inspection.findings();
    const auto head =
        hold(of_committee({"inspection-head", "Bầu chủ nhiệm uỷ ban kiểm tra", Office::inspection_head, 1},
                          some(*inspection, 0, 1), "inspection"));
    if (!head) return head.findings();
    Json deputy = at_meeting(
        contest_json({"inspection-deputy", "Bầu phó chủ nhiệm uỷ ban kiểm tra", Office::inspection_deputy, 1},
                     list_of(some(*inspection, 1, 1))),
        CongressKind::inspection, *inspection, some(*inspection, 2, 3));
    deputy.set("among", "inspection");
    const auto elected = hold(std::move(deputy));
    if (!elected) return elected.findings();
    return done();
  }

  const MockOptions& options_;
  const Elect& elect_;
  Hall hall_;
  Frame frame_;
  Json::Array contests_;
  Json::Array committee_;  ///< rows of those elected, most votes first
};

}  // namespace

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
  if (name != "evening") return std::nullopt;
  MockOptions evening = with(180, 27, 31, CongressKind::delegates, Level::base);
  evening.evening = true;
  return evening;
}

std::int64_t passes_of(const MockOptions& options, std::int64_t otherwise) {
  const bool two =
      options.plants.contains(PlantKind::typist) || options.plants.contains(PlantKind::swapped_bundle);
  return options.passes.value_or(two ? std::max<std::int64_t>(2, otherwise) : otherwise);
}

std::int64_t bundle_size_of(const MockOptions& options, std::int64_t most) {
  constexpr std::int64_t kUsual = 50;
  const bool two = options.plants.contains(PlantKind::swapped_bundle) && most <= kUsual;
  return options.bundle_size.value_or(two ? (most + 1) / 2 : kUsual);
}

bool in_bounds(const MockOptions& options) {
  constexpr std::int64_t kMostBallots = 100'000'000;
  constexpr std::int64_t kMostRows = 4096;
  constexpr std::int64_t kMostBundle = 1'000'000;
  const auto within = [](std::int64_t n, std::int64_t most) { return 1 <= n && n <= most; };
  return within(options.delegates, kMostBallots) && within(options.seats, kMostRows) &&
         within(options.names, kMostRows) && within(options.passes.value_or(1), 3) &&
         within(options.bundle_size.value_or(1), kMostBundle);
}

Result<Json> mock_definition(const MockOptions& options, const Elect& elect) {
  if (options.evening) return Evening(options, elect).definition();
  Hall hall(options.seed, static_cast<std::size_t>(options.names) + kMembers + kTechnicians);
  const Frame frame = {hall.names(kMembers), hall.names(kTechnicians)};
  const bool secretary = options.names == 1 && options.seats == 1;
  const Ballot ballot = secretary
                            ? Ballot{"secretary", "Bầu bí thư", Office::secretary, 1}
                            : Ballot{"committee", "Bầu ban chấp hành", Office::committee, options.seats};
  return frame_json(options, frame, {contest_json(ballot, rows_of(hall.take(options.names)))});
}

}  // namespace kp
