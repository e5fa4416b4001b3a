#include "proceedings/ballot_proof.h"

#include "base/canon.h"
#include "base/digest.h"

namespace kp {
namespace {

constexpr std::string_view kProof = "ballot-proof ";
constexpr std::size_t kGroupDigits = 4;

// "6B6F, beed" → {"6b6f", "beed"}
std::vector<std::string> groups_typed(const std::string& text) {
  std::vector<std::string> groups(1);
  for (const char c : text) {
    const bool capital = 'A' <= c && c <= 'Z';
    if (capital || ('a' <= c && c <= 'z') || ('0' <= c && c <= '9')) {
      groups.back() += capital ? static_cast<char>(c - 'A' + 'a') : c;
    } else {
      groups.emplace_back();
    }
  }
  std::erase(groups, "");
  return groups;
}

}  // namespace

std::string ballot_digest(const Contest& contest) {
  return sha256_hex(canonical(contest.json));
}

std::string_view digest_group(std::string_view digest, std::size_t number) {
  return digest.substr((number - 1) * kGroupDigits, kGroupDigits);
}

Result<Act> confirm_proof(const ContestHistory& contest, const People& by,
                          const std::array<std::string, 2>& typed) {
  Findings findings = check_two(by);
  if (contest.begun()) findings.push_back(finding(Code::proof_too_late, contest.contest.id));
  if (!findings.empty()) return findings;
  const std::string digest = ballot_digest(contest.contest);
  for (std::size_t i = 0; i < typed.size(); ++i) {
    const auto& [one, two] = kGroupsToType[i];
    const std::vector<std::string> asked = {std::string(digest_group(digest, one)),
                                            std::string(digest_group(digest, two))};
    if (groups_typed(typed[i]) != asked) {
      findings.push_back(
          finding(Code::proof_other_list, by[i], {typed[i], std::to_string(one), std::to_string(two)}));
    }
  }
  if (!findings.empty()) return findings;
  const std::string text = std::string(kProof) + contest.contest.id + " " + digest;
  return Act{"note", Json::object({{"text", text}}), by};
}

std::optional<std::pair<std::string, std::string>> proof_in_note(const Entry& entry) {
  const Json* text = entry.body.find("text");
  if (entry.by.size() != 2 || text == nullptr || !text->is_string()) return std::nullopt;
  std::string_view rest = text->string();
  if (!rest.starts_with(kProof)) return std::nullopt;
  rest.remove_prefix(kProof.size());
  const std::size_t space = rest.find(' ');
  if (space == std::string_view::npos || !is_digest(rest.substr(space + 1))) return std::nullopt;
  return std::pair(std::string(rest.substr(0, space)), std::string(rest.substr(space + 1)));
}

}  // namespace kp
