#include "support/dossier_builder.h"

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/sha.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <set>

#include "rules/ruleset.h"

namespace kp::test {
namespace {

void must(bool good) {
  if (!good) std::abort();
}

std::vector<std::int64_t> votes_of(const std::vector<std::vector<std::int64_t>>& counts) {
  std::vector<std::int64_t> votes;
  for (const auto& row : counts) votes.push_back(row[0]);
  return votes;
}

// The standings of an election, by the letter of formats.md §8.
std::vector<std::string> election_standings(const std::vector<std::int64_t>& votes, std::int64_t line,
                                            std::int64_t seats) {
  std::vector<std::string> standing(votes.size(), "not-elected");
  std::vector<std::int64_t> passed;
  for (const std::int64_t v : votes) {
    if (v >= line) passed.push_back(v);
  }
  std::sort(passed.begin(), passed.end(), std::greater<>());
  const auto places = static_cast<std::size_t>(seats);
  if (passed.size() <= places) {
    for (std::size_t i = 0; i < votes.size(); ++i) standing[i] = votes[i] >= line ? "elected" : "not-elected";
    return standing;
  }
  const std::int64_t c = passed[places - 1];
  const auto above = std::count_if(passed.begin(), passed.end(), [&](std::int64_t v) { return v > c; });
  const auto equal = std::count(passed.begin(), passed.end(), c);
  for (std::size_t i = 0; i < votes.size(); ++i) {
    if (votes[i] > c) standing[i] = "elected";
    if (votes[i] == c) standing[i] = above + equal <= seats ? "elected" : "tied";
  }
  return standing;
}

std::vector<std::string> opinion_standings(const std::vector<std::int64_t>& votes, std::int64_t present,
                                           std::int64_t room) {
  std::vector<std::string> standing(votes.size(), "not-supported");
  std::vector<std::int64_t> supported;
  for (const std::int64_t v : votes) {
    if (10 * v > 3 * present) supported.push_back(v);
  }
  std::sort(supported.begin(), supported.end(), std::greater<>());
  const bool all = static_cast<std::int64_t>(supported.size()) <= room;
  const std::int64_t c =
      all ? 0 : (room == 0 ? supported.front() + 1 : supported[static_cast<std::size_t>(room - 1)]);
  const auto above = std::count_if(supported.begin(), supported.end(), [&](std::int64_t v) { return v > c; });
  const auto equal = std::count(supported.begin(), supported.end(), c);
  for (std::size_t i = 0; i < votes.size(); ++i) {
    if (10 * votes[i] <= 3 * present) continue;
    if (all || votes[i] > c) {
      standing[i] = "listed";
    } else if (votes[i] == c) {
      standing[i] = above + equal <= room ? "listed" : "tied";
    } else {
      standing[i] = "dropped";
    }
  }
  return standing;
}

json flip_of(const std::vector<std::int64_t>& votes, std::size_t row, std::int64_t line, std::int64_t seats,
             std::int64_t valid) {
  const std::string now = election_standings(votes, line, seats)[row];
  for (std::int64_t k = 1; k <= valid; ++k) {
    for (const std::int64_t step : {-k, k}) {
      if ((step < 0 && now == "not-elected") || (step > 0 && now == "elected")) continue;
      std::vector<std::int64_t> other = votes;
      other[row] += step;
      if (other[row] < 0 || other[row] > valid) continue;
      if (election_standings(other, line, seats)[row] != now) return k;
    }
  }
  return nullptr;
}

// An exact share, by long division on decimal text.
std::string percent(std::int64_t n, std::int64_t base) {
  if (base == 0) return "0.00";
  const std::int64_t twice = 2 * (n * 10000) / base;  // half hundredths, rounded down
  const std::int64_t hundredths = (twice + 1) / 2;
  const std::string part = std::to_string(hundredths % 100);
  return std::to_string(hundredths / 100) + (part.size() < 2 ? ".0" : ".") + part;
}

json step(const json& congress, RuleId id) {
  const Rule rule = rule_row(*regulation_named(congress["regulation"].get<std::string>()), id);
  return {{"rule", rule.id},           {"text_vi", rule.text.vi}, {"text_en", rule.text.en},
          {"document", rule.document}, {"article", rule.article}, {"grade", word(rule.grade)}};
}

const json& of(const ResultSpec& spec, const char* key) {
  return spec.contest.contains(key) ? spec.contest[key] : spec.congress[key];
}

std::int64_t deducted(const json& electorate) {
  std::int64_t sum = 0;
  for (const json& deduction : electorate["deductions"]) sum += deduction["count"].get<std::int64_t>();
  return sum;
}

json sentences(const ResultSpec& spec, std::int64_t summoned, std::int64_t less, bool revote) {
  const std::map<std::string, std::pair<std::string, std::string>> people = {
      {"delegates", {"đại biểu chính thức", "official delegates"}},
      {"members", {"đảng viên chính thức", "official members"}},
      {"committee", {"cấp uỷ viên", "committee members"}},
      {"inspection", {"uỷ viên uỷ ban kiểm tra", "inspection committee members"}}};
  const auto& [vi, en] = people.at(of(spec, "kind"));
  const std::string count = std::to_string(summoned - less);
  const std::string line = std::to_string((summoned - less) / 2 + 1);
  return {{"summoned", summoned},
          {"deductions", less},
          {"count", summoned - less},
          {"line", (summoned - less) / 2 + 1},
          {"sentence_vi", "Tổng số để tính kết quả là " + count + " (" + std::to_string(summoned) + " " + vi +
                              " được triệu tập, trừ " + std::to_string(less) + "); " +
                              (revote ? "bầu lại giữa những người bằng phiếu không cần quá một nửa."
                                      : "quá một nửa là từ " + line + " phiếu trở lên.")},
          {"sentence_en", "The base is " + count + " (" + std::to_string(summoned) + " " + en +
                              " summoned, less " + std::to_string(less) + "); " +
                              (revote ? "a new vote among the tied needs no majority."
                                      : "more than one half means " + line + " votes or more.")}};
}

/// One result in the making.
class Reference {
 public:
  explicit Reference(const ResultSpec& spec)
      : spec_(spec), contest_(spec.contest), question_(contest_["question"]), form_(contest_["ballot"]) {
    const json& electorate = of(spec, "electorate");
    present_ = electorate["present"];
    summoned_ = electorate["summoned"];
    less_ = deducted(electorate);
    base_ = summoned_ - less_;
    revote_ = contest_.value("revote", false);
    line_ = revote_ ? 0 : base_ / 2 + 1;
    seats_ = contest_.value("seats", std::int64_t{0});
    counts_.assign(contest_["rows"].size(), std::vector<std::int64_t>(6, 0));
    if (spec.nullified) return;
    for (const Truth& ballot : spec.ballots) count(ballot);
  }

  json make() {
    result_ = frame();
    if (spec_.nullified) return nullified();
    if (question_ == "election") {
      election();
    } else if (question_ == "opinion" || question_ == "withdrawal" || question_ == "introduction") {
      poll();
    } else {
      levels();
    }
    result_["steps"] = steps();
    return result_;
  }

 private:
  void count(const Truth& ballot) {
    if (!ballot.invalid.empty()) {
      ++invalid_[ballot.invalid];
      return;
    }
    ++valid_;
    for (std::size_t i = 0; i < counts_.size(); ++i)
      ++counts_[i][std::string("abcd.*").find(ballot.marks[i])];
  }

  json frame() const {
    const json& congress = spec_.congress;
    json contest = {{"round", contest_.value("round", 1)}, {"revote", revote_}};
    for (const char* key : {"id", "title", "question", "office", "ballot"}) contest[key] = contest_[key];
    if (question_ == "election" || question_ == "opinion" || question_ == "introduction")
      contest["seats"] = seats_;
    json about = json::object();
    for (const char* key : {"id", "title", "unit", "term", "date", "kind", "level"})
      about[key] = congress[key];
    const std::size_t accepted = spec_.nullified ? 0 : spec_.ballots.size();
    const auto invalid = static_cast<std::int64_t>(accepted) - valid_;
    const bool practice = congress["purpose"] == "practice";
    json out = {{"format", practice ? "kiemphieu/practice-result@1" : "kiemphieu/result@1"},
                {"congress", about},
                {"contest", contest},
                {"regulation", congress["regulation"]},
                {"purpose", congress["purpose"]},
                {"ballots",
                 {{"issued", spec_.issued},
                  {"returned", spec_.returned},
                  {"accepted", accepted},
                  {"valid", valid_},
                  {"invalid", invalid},
                  {"invalid_by", invalid_},
                  {"rulings", spec_.rulings},
                  {"corrections", spec_.corrections}}},
                {"base", sentences(spec_, summoned_, less_, revote_)}};
    if (invalid_.empty()) out["ballots"]["invalid_by"] = json::object();
    if (!spec_.replaces.empty()) out["replaces"] = spec_.replaces;
    return out;
  }

  json nullified() {
    json numbers = json::array();
    for (const json& row : contest_["rows"]) numbers.push_back(row["no"]);
    const bool seats = question_ == "election" || question_ == "opinion" || question_ == "introduction";
    result_["rows"] = json::array();
    result_["steps"] = json::array();
    if (question_ == "election") result_["elected"] = json::array();
    result_["outcome"] = "void";
    result_["open_seats"] = seats ? seats_ : 0;
    result_["next"] = {
        {"action", "presiding-body-decides"}, {"rows", numbers}, {"seats", seats ? seats_ : 0}};
    return result_;
  }

  json row_head(std::size_t i) const {
    return {{"no", contest_["rows"][i]["no"]}, {"name", contest_["rows"][i]["name"]}};
  }

  json votes_row(std::size_t i, std::int64_t percent_of) const {
    const std::vector<std::int64_t> votes = votes_of(counts_);
    const bool strike = form_ == "strike";
    json row = row_head(i);
    row["votes"] = votes[i];
    row["against"] = strike ? valid_ - votes[i] : counts_[i][1];
    row["none"] = strike ? 0 : counts_[i][4];
    row["several"] = strike ? 0 : counts_[i][5];
    row["percent"] = percent(votes[i], percent_of);
    row["rank"] = 1 + std::count_if(votes.begin(), votes.end(), [&](std::int64_t v) { return v > votes[i]; });
    return row;
  }

  json numbered(const std::vector<std::string>& standing, const std::string& wanted) const {
    json numbers = json::array();
    for (std::size_t i = 0; i < standing.size(); ++i) {
      if (standing[i] == wanted) numbers.push_back(contest_["rows"][i]["no"]);
    }
    return numbers;
  }

  void election() {
    const std::vector<std::int64_t> votes = votes_of(counts_);
    const std::vector<std::string> standing = election_standings(votes, line_, seats_);
    std::vector<std::size_t> elected;
    json rows = json::array();
    for (std::size_t i = 0; i < votes.size(); ++i) {
      json row = votes_row(i, base_);
      row["standing"] = standing[i];
      row["to_line"] = revote_ ? json(nullptr) : json(votes[i] - line_);
      row["flip"] = flip_of(votes, i, line_, seats_, valid_);
      rows.push_back(row);
      if (standing[i] == "elected") elected.push_back(i);
    }
    std::stable_sort(elected.begin(), elected.end(),
                     [&](std::size_t a, std::size_t b) { return votes[a] > votes[b]; });
    json numbers = json::array();
    for (const std::size_t i : elected) numbers.push_back(contest_["rows"][i]["no"]);
    result_["rows"] = rows;
    result_["elected"] = numbers;
    const std::int64_t open = seats_ - static_cast<std::int64_t>(elected.size());
    result_["open_seats"] = open;
    settle_election(standing, open);
  }

  void settle_election(const std::vector<std::string>& standing, std::int64_t open) {
    const bool allotted = contest_["office"] == "delegates" || contest_["office"] == "alternate-delegates";
    const int round = contest_.value("round", 1);
    json& next = result_["next"];
    if (std::count(standing.begin(), standing.end(), "tied") > 0) {
      result_["outcome"] = "tied";
      next = {{"action", revote_ ? "presiding-body-decides" : "revote"},
              {"rows", numbered(standing, "tied")},
              {"seats", open}};
    } else if (open == 0) {
      result_["outcome"] = "filled";
      next = {{"action", "none"}, {"rows", json::array()}, {"seats", 0}};
    } else if (round >= 3 && spec_.congress["level"] == "branch" && contest_["office"] == "secretary") {
      result_["outcome"] = "exhausted";
      next = {{"action", "superior-appoints"}, {"rows", json::array()}, {"seats", open}};
    } else {
      result_["outcome"] = "short";
      next = {{"action", allotted && round == 1 ? "vote-again" : "presiding-body-decides"},
              {"rows", numbered(standing, "not-elected")},
              {"seats", open}};
    }
  }

  void poll() {
    json rows = json::array();
    std::vector<std::string> standing(counts_.size());
    const std::int64_t cap = std::max<std::int64_t>(1, seats_ * 3 / 10);
    const std::int64_t room =
        std::max<std::int64_t>(0, seats_ + cap - contest_.value("prepared", std::int64_t{0}));
    if (question_ == "opinion") standing = opinion_standings(votes_of(counts_), present_, room);
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      json row = votes_row(i, question_ == "opinion" ? present_ : base_);
      if (question_ == "withdrawal") standing[i] = 2 * counts_[i][1] > base_ ? "stays" : "withdrawn";
      if (question_ != "introduction") row["standing"] = standing[i];
      rows.push_back(row);
    }
    const json tied = numbered(standing, "tied");
    const std::int64_t open =
        tied.empty() ? 0 : room - std::count(standing.begin(), standing.end(), "listed");
    result_["rows"] = rows;
    result_["outcome"] = tied.empty() ? "done" : "tied";
    result_["open_seats"] = open;
    result_["next"] = {
        {"action", tied.empty() ? "none" : "presiding-body-decides"}, {"rows", tied}, {"seats", open}};
  }

  void levels() {
    const std::string of_what = contest_.value("fraction_of", "base");
    std::int64_t f = base_;
    if (question_ != "survey" && of_what == "returned") f = spec_.returned;
    if (question_ != "survey" && of_what == "valid") f = valid_;
    const std::size_t options = question_ == "confidence" ? 3 : question_ == "rating" ? 4 : 2;
    const char* const ratings[] = {"excellent", "good", "satisfactory", "failed"};
    json rows = json::array();
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      json row = row_head(i);
      std::string band = "none";
      for (std::size_t o = 0; o < options; ++o) {
        row["options"].push_back(counts_[i][o]);
        row["shares"].push_back(percent(counts_[i][o], f));
        if (question_ == "rating" && 2 * counts_[i][o] > f) band = ratings[o];
      }
      const std::int64_t low = counts_[i][2];
      if (question_ == "confidence" && 2 * low > f) band = "low-over-half";
      if (question_ == "confidence" && f > 0 && 3 * low >= 2 * f) band = "low-two-thirds";
      row["none"] = counts_[i][4];
      row["several"] = counts_[i][5];
      row["band"] = band;
      rows.push_back(row);
    }
    result_["rows"] = rows;
    result_["outcome"] = "done";
    result_["open_seats"] = 0;
    result_["next"] = {{"action", "none"}, {"rows", json::array()}, {"seats", 0}};
  }

  [[nodiscard]] bool some_band(const char* band) const {
    return std::any_of(result_["rows"].begin(), result_["rows"].end(),
                       [&](const json& row) { return row["band"] == band; });
  }

  json steps() const {
    json list = json::array();
    const auto when = [&](bool holds, RuleId id) {
      if (holds) list.push_back(step(spec_.congress, id));
    };
    const std::string kind = of(spec_, "kind");
    const bool election = question_ == "election";
    const bool several = counts_.size() >= 2;
    const std::string outcome = result_["outcome"];
    when(kind == "delegates", RuleId::base_delegates);
    when(kind == "members" && question_ != "rating", RuleId::base_members);
    when(kind == "members" && question_ == "rating", RuleId::base_hand_votes);
    when(kind == "committee" || kind == "inspection", RuleId::base_meeting);
    when(election, RuleId::base_not_ballots);
    when(election && form_ == "strike", RuleId::ballot_strike);
    when(election && form_ == "agree", RuleId::ballot_agree);
    when(spec_.returned > spec_.issued, RuleId::reconciliation_excess);
    when(spec_.returned < spec_.issued, RuleId::reconciliation_fewer);
    when(election, RuleId::validity_fewer);
    const bool ignored =
        std::any_of(counts_.begin(), counts_.end(), [](const auto& row) { return row[4] + row[5] > 0; });
    when(form_ != "strike" && ignored, RuleId::validity_row_ignored);
    when(election && form_ == "agree" && several, RuleId::validity_nobody_agree);
    const std::vector<std::pair<const char*, RuleId>> reasons = {
        {"not-issued", RuleId::validity_not_issued},
        {"outside-name", RuleId::validity_outside_name},
        {"marked", RuleId::validity_marked},
        {"ruled-invalid", RuleId::validity_ruled},
        {"too-many", RuleId::validity_too_many},
        {"nobody", RuleId::validity_nobody},
        {"one-name-box", RuleId::validity_one_name_box}};
    for (const auto& [reason, id] : reasons) when(invalid_.contains(reason), id);
    if (election) {
      const int round = contest_.value("round", 1);
      const auto votes = votes_of(counts_);
      const auto passed =
          std::count_if(votes.begin(), votes.end(), [&](std::int64_t v) { return v >= line_; });
      const bool allotted = contest_["office"] == "delegates" || contest_["office"] == "alternate-delegates";
      when(revote_, RuleId::tie_revote_no_line);
      when(!revote_, RuleId::majority_over_half);
      when(!revote_ && round > 1, RuleId::round_line_again);
      when(passed > seats_, RuleId::majority_highest_first);
      when(outcome == "tied" && !revote_, RuleId::tie_last_seat);
      when(outcome == "tied" && revote_, RuleId::tie_revote_tied);
      when(outcome == "tied", RuleId::tie_no_tie_break);
      when(outcome == "short" && allotted, RuleId::round_delegates);
      when(outcome == "short" && !allotted, RuleId::round_short);
      when(outcome == "exhausted", RuleId::round_branch_secretary);
    }
    if (question_ == "opinion") {
      const auto in = [&](const char* standing) {
        return std::any_of(result_["rows"].begin(), result_["rows"].end(),
                           [&](const json& row) { return row["standing"] == standing; });
      };
      when(true, RuleId::poll_floor);
      when(in("dropped") || in("tied"), RuleId::poll_cap);
      when(outcome == "tied", RuleId::poll_tie);
    }
    when(question_ == "withdrawal", RuleId::poll_withdrawal);
    when(question_ == "withdrawal", RuleId::poll_withdraw_base);
    when(question_ == "introduction", RuleId::poll_introduction);
    when(question_ == "survey", RuleId::survey_totals);
    when(question_ == "confidence", RuleId::confidence_levels);
    when(question_ == "rating", RuleId::rating_bands);
    when(question_ == "confidence" || question_ == "rating", RuleId::confidence_base);
    when(question_ == "confidence" && some_band("low-over-half"), RuleId::confidence_over_half);
    when(question_ == "confidence" && some_band("low-two-thirds"), RuleId::confidence_two_thirds);
    return list;
  }

  const ResultSpec& spec_;
  const json& contest_;
  std::string question_;
  std::string form_;
  std::int64_t present_ = 0;
  std::int64_t summoned_ = 0;
  std::int64_t less_ = 0;
  std::int64_t base_ = 0;
  std::int64_t line_ = 0;
  std::int64_t seats_ = 0;
  bool revote_ = false;
  std::int64_t valid_ = 0;
  std::map<std::string, std::int64_t> invalid_;
  std::vector<std::vector<std::int64_t>> counts_;  ///< a b c d none several
  json result_;
};

std::string der_digest(const KeyPair& pair) {
  return certificate_digest(pair.certificate);
}

}  // namespace

json reference_result(const ResultSpec& spec) {
  return Reference(spec).make();
}

std::string reference_reason(const json& contest, const std::string& marks) {
  const auto chosen = std::count(marks.begin(), marks.end(), 'a');
  if (contest["ballot"] == "strike" && chosen > contest["seats"].get<std::int64_t>()) return "too-many";
  if (contest["ballot"] == "strike" && chosen == 0 && contest["rows"].size() >= 2) return "nobody";
  const bool one =
      contest["question"] == "election" && contest["ballot"] == "agree" && contest["rows"].size() == 1;
  return one && (marks == "." || marks == "*") ? "one-name-box" : "";
}

std::string sha256_bytes(const std::string& bytes) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

std::string hex_of(const std::string& bytes) {
  std::string out;
  for (const char c : bytes) {
    out.push_back("0123456789abcdef"[static_cast<unsigned char>(c) / 16]);
    out.push_back("0123456789abcdef"[static_cast<unsigned char>(c) % 16]);
  }
  return out;
}

std::string reference_root(const std::vector<std::string>& leaves) {
  if (leaves.empty()) return sha256_bytes("");
  if (leaves.size() == 1) return sha256_bytes(std::string(1, '\0') + leaves[0]);
  std::size_t k = 1;
  while (2 * k < leaves.size()) k *= 2;
  const auto middle = leaves.begin() + static_cast<std::ptrdiff_t>(k);
  return sha256_bytes(std::string(1, '\x01') + reference_root({leaves.begin(), middle}) +
                      reference_root({middle, leaves.end()}));
}

std::string base64_of(const std::string& bytes) {
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int length =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(length));
  return out;
}

std::string sign_cms(const std::string& content, const std::vector<KeyPair>& signers, const char* digest) {
  BIO* data = BIO_new_mem_buf(content.data(), static_cast<int>(content.size()));
  constexpr unsigned kFlags = CMS_BINARY | CMS_DETACHED | CMS_PARTIAL;
  CMS_ContentInfo* cms = CMS_sign(nullptr, nullptr, nullptr, nullptr, kFlags);
  must(cms != nullptr && data != nullptr);
  for (const KeyPair& signer : signers) {
    BIO* certificate_text =
        BIO_new_mem_buf(signer.certificate.data(), static_cast<int>(signer.certificate.size()));
    BIO* key_text = BIO_new_mem_buf(signer.key.data(), static_cast<int>(signer.key.size()));
    X509* certificate = PEM_read_bio_X509(certificate_text, nullptr, nullptr, nullptr);
    EVP_PKEY* key = PEM_read_bio_PrivateKey(key_text, nullptr, nullptr, nullptr);
    must(CMS_add1_signer(cms, certificate, key, EVP_get_digestbyname(digest), CMS_BINARY | CMS_PARTIAL) !=
         nullptr);
    X509_free(certificate);
    EVP_PKEY_free(key);
    BIO_free(certificate_text);
    BIO_free(key_text);
  }
  must(CMS_final(cms, data, nullptr, CMS_BINARY | CMS_DETACHED) == 1);
  unsigned char* der = nullptr;
  const int length = i2d_CMS_ContentInfo(cms, &der);
  must(length > 0);
  std::string out(reinterpret_cast<const char*>(der), static_cast<std::size_t>(length));
  OPENSSL_free(der);
  CMS_ContentInfo_free(cms);
  BIO_free(data);
  return out;
}

std::string csv_of(const std::vector<std::string>& lines, const std::string& line_end) {
  std::string csv = "ballot,marks,flags" + line_end;
  int number = 0;
  for (const std::string& line : lines) csv += std::to_string(++number) + "," + line + line_end;
  return csv;
}

std::string dump(const json& value) {
  return value.dump();
}

json rows_of(int count) {
  const std::vector<std::string> names = {"Nguyễn Văn An", "Đỗ Thị Hoa", "Vũ Minh Sơn", "Bùi Thị Tâm",
                                          "Hồ Văn Út"};
  json rows = json::array();
  for (int i = 0; i < count; ++i) {
    const auto index = static_cast<std::size_t>(i);
    rows.push_back(
        {{"no", i + 1}, {"name", index < names.size() ? names[index] : "Người " + std::to_string(i)}});
  }
  return rows;
}

json contest_of(const std::string& id, const std::string& question, const std::string& ballot, int rows,
                int seats) {
  json contest = {{"id", id},          {"title", "Cuộc " + id}, {"question", question},
                  {"office", "other"}, {"ballot", ballot},      {"rows", rows_of(rows)}};
  if (seats > 0) contest["seats"] = seats;
  return contest;
}

json congress_of(std::vector<json> contests) {
  return {{"format", "kiemphieu/congress@1"},
          {"id", "chi-bo-1"},
          {"title", "Đại hội Chi bộ 1"},
          {"unit", "Chi bộ 1"},
          {"term", "2026–2028"},
          {"date", "2026-11-22"},
          {"kind", "members"},
          {"level", "branch"},
          {"regulation", "190-QD/TW"},
          {"purpose", "official"},
          {"electorate",
           {{"summoned", 12},
            {"deductions", json::array({{{"reason", "absent-excused"}, {"count", 1}}})},
            {"present", 11}}},
          {"board",
           {{{"name", "Trần Thị Bình"}, {"role", "head"}},
            {{"name", "Lê Văn Cường"}, {"role", "member"}},
            {{"name", "Phạm Kỹ Thuật"}, {"role", "technician"}}}},
          {"signatures_required", 0},
          {"passes_required", 1},
          {"contests", std::move(contests)}};
}

std::vector<Truth> judged(const json& contest, const std::vector<std::string>& marks) {
  std::vector<Truth> truth;
  for (const std::string& one : marks) truth.push_back({one, kp::test::reference_reason(contest, one)});
  return truth;
}

DossierBuilder::DossierBuilder(json congress)
    : congress_text(congress.dump(1)), congress_(std::move(congress)) {
  add("opened", {{"congress", congress_["id"]},
                 {"purpose", congress_["purpose"]},
                 {"record", record_id()},
                 {"sha256", hex_of(sha256_bytes(congress_text))}});
}

std::string DossierBuilder::record_id() const {
  return congress_["id"].get<std::string>() + "-" + hex_of(sha256_bytes(congress_text)).substr(0, 16);
}

std::int64_t DossierBuilder::add(const std::string& kind, const json& body, std::vector<std::string> by) {
  const auto seq = static_cast<std::int64_t>(lines.size());
  lines.push_back(dump({{"at", at}, {"body", body}, {"by", std::move(by)}, {"kind", kind}, {"seq", seq}}));
  return seq;
}

std::int64_t DossierBuilder::add_by_two(const std::string& kind, const json& body) {
  return add(kind, body, {"Trần Thị Bình", "Lê Văn Cường"});
}

std::int64_t DossierBuilder::add_bundle(const BundleSpec& spec) {
  const std::string digest = hex_of(sha256_bytes(spec.csv));
  const auto ballots =
      std::count(spec.csv.begin(), spec.csv.end(), '\n') - (spec.csv.ends_with('\n') ? 1 : 0);
  json item = {{"bundle", spec.name},
               {"file", spec.name + "-" + std::to_string(spec.pass) + ".csv"},
               {"sha256", digest},
               {"ballots", ballots},
               {"pass", spec.pass},
               {"station", spec.station},
               {"method", spec.by.empty() ? "scanned" : "keyed"}};
  if (!spec.by.empty()) item["by"] = spec.by;
  if (spec.counted >= 0) item["counted"] = spec.counted;
  json manifest_json = {{"format", "kiemphieu/manifest@1"},
                        {"congress", congress_["id"]},
                        {"contest", spec.contest},
                        {"bundles", json::array({item})}};
  if (spec.change_manifest) spec.change_manifest(manifest_json);
  const std::string manifest = manifest_json.dump(2);
  const std::string manifest_digest = hex_of(sha256_bytes(manifest));
  std::set<std::string> signers;
  for (const KeyPair& signer : spec.manifest_signers) signers.insert(der_digest(signer));
  blobs_["bundles/" + digest + ".csv"] = spec.csv;
  blobs_["manifests/" + manifest_digest + ".json"] = manifest;
  if (!signers.empty()) {
    blobs_["manifests/" + manifest_digest + ".json.p7s"] = sign_cms(manifest, spec.manifest_signers);
  }
  item.erase("file");
  item["contest"] = spec.contest;
  item["manifest"] = manifest_digest;
  item["signers"] = signers;
  if (spec.change_entry) spec.change_entry(item);
  return add("bundle", item);
}

std::int64_t DossierBuilder::add_result(json result) {
  const std::string contest = result["contest"]["id"];
  result["record"] = {{"id", record_id()}, {"size", lines.size()}, {"root", hex_of(root())}};
  const std::string bytes = dump(result);
  json body = {{"contest", contest}, {"sha256", hex_of(sha256_bytes(bytes))}, {"result", result}};
  if (last_.contains(contest)) body["replaces"] = last_[contest].first;
  const std::int64_t seq = add("result", body);
  standing_[contest] = {seq, bytes, {}, {}};
  last_[contest] = {seq, body["sha256"]};
  return seq;
}

void DossierBuilder::reopen(const std::string& contest) {
  add_by_two("reopened",
             {{"contest", contest}, {"result", last_.at(contest).first}, {"note", "xem lại một phiếu"}});
  standing_.erase(contest);
}

std::string DossierBuilder::result_digest(const std::string& contest) const {
  return hex_of(sha256_bytes(standing_.at(contest).bytes));
}

void DossierBuilder::add_signature(const std::string& contest, const KeyPair& signer) {
  Standing& standing = standing_.at(contest);
  standing.signers.push_back(signer);
  standing.p7s = sign_cms(standing.bytes, standing.signers);
  add("signed", {{"contest", contest},
                 {"result", standing.seq},
                 {"sha256", result_digest(contest)},
                 {"certificate", der_digest(signer)},
                 {"p7s", base64_of(standing.p7s)}});
}

std::map<std::string, std::string> DossierBuilder::files() const {
  std::map<std::string, std::string> files = blobs_;
  files["congress.json"] = congress_text;
  std::string& record = files["record.jsonl"];
  for (const std::string& line : lines) record += line + "\n";
  files["checkpoint.txt"] = (congress_["purpose"] == "practice" ? "kiemphieu-practice/" : "kiemphieu/") +
                            record_id() + "\n" + std::to_string(lines.size()) + "\n" + base64_of(root()) +
                            "\n";
  for (const auto& [contest, standing] : standing_) {
    files["results/" + contest + ".json"] = standing.bytes;
    if (!standing.p7s.empty()) files["results/" + contest + ".json.p7s"] = standing.p7s;
  }
  for (const auto& [name, bytes] : extra) files[name] = bytes;
  return files;
}

std::string write_folder(const std::map<std::string, std::string>& files) {
  namespace fs = std::filesystem;
  std::string path = (fs::temp_directory_path() / "kiemphieu-verify-XXXXXX").string();
  must(::mkdtemp(path.data()) != nullptr);
  for (const auto& [name, bytes] : files) {
    const fs::path file = fs::path(path) / name;
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
  }
  return path;
}

}  // namespace kp::test
