#include "proceedings/people.h"

#include "base/text.h"

namespace kp {

Result<People> resolve_people(const Congress& congress, const Board& board, const People& given) {
  if (given.empty()) {
    const std::string head = head_of(board);
    if (congress.purpose == Purpose::official || head.empty()) return finding(Code::people_missing);
    return People{head};
  }
  if (given.size() > 2) return finding(Code::people_too_many, {}, {std::to_string(given.size())});
  People people;
  for (const std::string& name : given) {
    const std::string tidy = tidied(name);
    if (tidy.empty()) return finding(Code::people_missing);
    const BoardMember* member = find_member(board, tidy);
    people.push_back(member == nullptr ? tidy : member->name);
  }
  if (people.size() == 2 && name_key(people[0]) == name_key(people[1])) {
    return finding(Code::people_same_person, {}, {people[0]});
  }
  return people;
}

Findings check_two(const People& by) {
  if (by.size() == 2) return {};
  return {finding(Code::people_two_needed)};
}

Findings check_two_of_board(const Board& board, const People& by) {
  Findings findings = check_two(by);
  for (const std::string& name : by) {
    const BoardMember* member = find_member(board, name);
    if (member == nullptr) {
      findings.push_back(finding(Code::people_not_on_board, name));
    } else if (member->role == Role::technician) {
      findings.push_back(finding(Code::people_technician, name));
    }
  }
  return findings;
}

Findings check_note(const std::string& note) {
  if (!tidied(note).empty()) return {};
  return {finding(Code::note_missing)};
}

}  // namespace kp
