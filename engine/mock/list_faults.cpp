#include "mock/list_faults.h"

#include <algorithm>
#include <set>

#include "base/check.h"
#include "base/text.h"
#include "contest/congress.h"
#include "mock/people.h"

namespace kp {
namespace {

// People whose names are on none of `rows`.
std::vector<MockPerson> strangers(Random& random, const Json::Array& rows, std::size_t count) {
  std::set<std::string> taken;
  for (const Json& row : rows) taken.insert(name_key(row.at("name").string()));
  std::vector<MockPerson> people = mock_people(random, count + rows.size());
  std::erase_if(people, [&](const MockPerson& person) { return taken.contains(name_key(person.name)); });
  people.resize(count);
  return people;
}

// One more than the cap allows, each where the name belongs.
std::vector<std::int64_t> lengthen(Json::Array& rows, std::int64_t seats, Random& random) {
  const std::int64_t too_many = seats + surplus_cap(seats) + 1 - static_cast<std::int64_t>(rows.size());
  KP_ASSERT(too_many >= 1);
  std::set<std::string> added;
  for (const Json& row : rows_of(strangers(random, rows, static_cast<std::size_t>(too_many)))) {
    const std::string& name = row.at("name").string();
    const auto place = std::find_if(rows.begin(), rows.end(), [&](const Json& other) {
      return compare_names(other.at("name").string(), name) > 0;
    });
    rows.insert(place, row);
    added.insert(name);
  }
  std::vector<std::int64_t> numbers;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto no = static_cast<std::int64_t>(i) + 1;
    rows[i].set("no", no);
    if (added.contains(rows[i].at("name").string())) numbers.push_back(no);
  }
  return numbers;
}

std::vector<std::int64_t> exchange(Json::Array& rows, Random& random) {
  const std::size_t first = random.below(rows.size() - 1);
  std::swap(rows[first], rows[first + 1]);
  const auto no = static_cast<std::int64_t>(first) + 1;
  rows[first].set("no", no);
  rows[first + 1].set("no", no + 1);
  return {no, no + 1};
}

}  // namespace

Json plant_in_list(PlantKind kind, Json definition, std::size_t contest, std::uint64_t seed, Planted& place) {
  Random random(~seed);
  Json::Array contests = definition.at("contests").array();
  Json& target = contests[contest];
  Json::Array rows = target.at("rows").array();
  place.fault = kind;
  place.contest = target.at("id").string();
  if (kind == PlantKind::candidate_on_board) {
    const std::size_t row = random.below(rows.size());
    place.rows = {static_cast<std::int64_t>(row) + 1};
    Json& owner = target.find("board") == nullptr ? definition : target;
    Json::Array board = owner.at("board").array();
    // Not the last one, where it would be seen at once.
    board.insert(board.begin() + std::min<std::ptrdiff_t>(2, std::ssize(board)),
                 Json::object({{"name", rows[row].at("name")}, {"role", word(Role::member)}}));
    owner.set("board", std::move(board));
  } else {
    place.rows = kind == PlantKind::surplus ? lengthen(rows, target.at("seats").integer(), random)
                                            : exchange(rows, random);
    target.set("rows", std::move(rows));
  }
  definition.set("contests", std::move(contests));
  return definition;
}

}  // namespace kp
