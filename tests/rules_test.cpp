// rules: both regulations have every rule, once, with a citation and a grade.
#include <set>

#include "catch.h"
#include "rules/ruleset.h"

using namespace kp;

TEST_CASE("each regulation has one row a rule, in the order of RuleId") {
  CHECK(citations_244_2014().size() == rule_count());
  CHECK(citations_190_2024().size() == rule_count());
  for (const Regulation regulation : {Regulation::qd_244_2014, Regulation::qd_190_2024}) {
    std::set<std::string_view> ids;
    for (std::size_t i = 0; i < rule_count(); ++i) {
      const Rule rule = rule_row(regulation, static_cast<RuleId>(i));
      CAPTURE(rule.id);
      CHECK(ids.insert(rule.id).second);
      CHECK_FALSE(rule.text.vi.empty());
      CHECK_FALSE(rule.text.en.empty());
      CHECK_FALSE(rule.document.empty());
      CHECK_FALSE(rule.article.empty());
      CHECK_FALSE(word(rule.topic).empty());
    }
  }
}

TEST_CASE("citations shift from 244 to 190: 32 to 30, 17 to 15, 16 to 14, 7 to 8 (rules.md 17)") {
  const auto article = [](Regulation regulation, RuleId rule) { return rule_row(regulation, rule).article; };
  CHECK(article(Regulation::qd_244_2014, RuleId::base_delegates) == "32(3)");
  CHECK(article(Regulation::qd_190_2024, RuleId::base_delegates) == "30(3)");
  CHECK(article(Regulation::qd_244_2014, RuleId::validity_too_many) == "17(2)");
  CHECK(article(Regulation::qd_190_2024, RuleId::validity_too_many) == "15(2)");
  CHECK(article(Regulation::qd_244_2014, RuleId::list_cap) == "16(1)");
  CHECK(article(Regulation::qd_190_2024, RuleId::list_cap) == "14(1)");
  CHECK(article(Regulation::qd_190_2024, RuleId::board_not_on_list) == "8(1)");
}

TEST_CASE(
    "what was graded C stays unverified: ties, short elections, meetings, marks on a ballot (rules.md)") {
  for (const Regulation regulation : {Regulation::qd_244_2014, Regulation::qd_190_2024}) {
    for (const RuleId rule :
         {RuleId::base_meeting, RuleId::validity_nobody_agree, RuleId::validity_outside_name,
          RuleId::validity_marked, RuleId::reconciliation_excess, RuleId::tie_last_seat,
          RuleId::tie_revote_no_line, RuleId::tie_revote_tied, RuleId::round_line_again, RuleId::round_short,
          RuleId::poll_tie, RuleId::list_order_rest}) {
      CHECK(rule_row(regulation, rule).grade == Grade::unverified);
    }
  }
}

TEST_CASE("a citation in words says what was not found") {
  CHECK(citation("190-QĐ/TW", "30(2)", Language::vi) == "190-QĐ/TW, điều 30(2)");
  CHECK(citation("96-QĐ/TW", "-", Language::en) == "96-QĐ/TW, article not seen");
  CHECK(citation("-", "-", Language::vi) == "chưa thấy văn bản");
  CHECK(regulation_named("190-QD/TW") == Regulation::qd_190_2024);
  CHECK_FALSE(regulation_named("220-QD/TW"));
}
