#include "verify/auditor_contest.h"

#include <algorithm>

#include "base/digest.h"
#include "verify/contest_state.h"
#include "verify/spoken.h"

namespace kp::verify {
namespace {

// What an entry says, in front of its note; "" for entries that are told elsewhere.
std::string act_text(const Page& page, const Entry& entry) {
  Page act(page.language());
  const Json& body = entry.body;
  const auto number = [&](std::string_view key) { return number_in(body, key); };
  const std::string bundle = text_in(body, "bundle");
  switch (entry.kind) {
    case Kind::contest:
      act.line({"danh sách bầu được ghi hoặc thay", "the list was put down or replaced"});
      break;
    case Kind::electorate:
      act.line({"số triệu tập, có mặt được ghi", "the electorate was put down"});
      break;
    case Kind::box:
      act.line({"phát ra {}, thu về {}", "issued {}, returned {}"}, number("issued"), number("returned"));
      break;
    case Kind::retracted:
      act.line({"rút xấp {} lượt {}", "bundle {} pass {} retracted"}, bundle, number("pass"));
      break;
    case Kind::correction:
      act.line({"sửa lỗi nhập: xấp {} lượt {} phiếu {}", "correction: bundle {} pass {} ballot {}"}, bundle,
               number("pass"), number("ballot"));
      break;
    case Kind::ruling:
      act.line({"kết luận: xấp {} phiếu {}: {}", "ruling: bundle {} ballot {}: {}"}, bundle, number("ballot"),
               body.find("invalid") == nullptr
                   ? act.in({"ban kiểm phiếu đọc lại phiếu", "the board read the ballot"})
                   : spoken(text_in(body, "invalid"), page.language()));
      break;
    case Kind::confirmed:
      act.line({"xác nhận ghi chú trên {} phiếu", "flags confirmed on {} ballots"}, number("ballots"));
      break;
    case Kind::decision:
      act.line({"quyết định: {} ({}/{} đồng ý){}", "decision: {} ({} of {} in favour){}"},
               spoken(text_in(body, "action"), page.language()), number("votes_for"), number("of"),
               body.find("opens") == nullptr ? "" : " → " + text_in(body, "opens"));
      break;
    case Kind::result:
      act.line({"kết quả được lập", "result made"});
      break;
    case Kind::reopened:
      act.line({"MỞ LẠI kết quả của mục {}", "REOPENED the result of entry {}"}, number("result"));
      break;
    default:
      return {};
  }
  std::string text = std::move(act).text();
  text.pop_back();
  return text;
}

bool is_of(const Entry& entry, const std::string& contest) {
  return text_in(entry.body, "contest") == contest;
}

void add_bundles(Page& page, const Account& account, const std::string& contest) {
  std::vector<const Entry*> bundles;
  for (const Happening& one : account.happenings) {
    if (one.entry.kind == Kind::bundle && is_of(one.entry, contest)) bundles.push_back(&one.entry);
  }
  if (bundles.empty()) return;
  page.line({"  Xấp phiếu đã nhập ({} lượt):", "  Bundles entered ({} passes):"}, bundles.size());
  for (const Entry* entry : bundles) {
    const std::string by = text_or_empty(*entry, "by");
    const std::int64_t counted = number_or_none(*entry, "counted");
    page.line({"    xấp {} lượt {}: {} phiếu, máy {}, {}{}{}",
               "    bundle {} pass {}: {} ballots, station {}, {}{}{}"},
              text_at(*entry, "bundle"), number_at(*entry, "pass"), number_at(*entry, "ballots"),
              text_at(*entry, "station"), spoken(text_at(*entry, "method"), page.language()),
              by.empty() ? std::string() : ", " + by,
              counted < 0 ? std::string()
                          : std::string(page.in({", đếm tay ", ", by hand "})) + std::to_string(counted));
  }
}

void add_acts(Page& page, const Account& account, const std::string& contest) {
  page.line({"  Diễn biến theo sổ:", "  What the record tells:"});
  bool any = false;
  for (const Happening& one : account.happenings) {
    if (!is_of(one.entry, contest)) continue;
    const std::string text = act_text(page, one.entry);
    if (text.empty()) continue;
    any = true;
    const std::string note = text_in(one.entry.body, "note");
    page.line({"    [mục {}] {} — {}{}{}", "    [entry {}] {} — {}{}{}"}, one.entry.seq, text,
              people_of(one.entry), note.empty() ? std::string() : ": " + note,
              one.in_order ? page.in({"", ""}) : page.in({" ← CÓ LỖI", " ← NOT IN ORDER"}));
  }
  if (!any) page.line({"    (chưa có gì)", "    (nothing yet)"});
}

std::string votes_of(const Page& page, const Json& row) {
  if (row.find("votes") != nullptr) {
    Page text(page.language());
    const Json* standing = row.find("standing");
    text.line({"{} phiếu ({} %){}", "{} votes ({} %){}"}, row.at("votes").integer(),
              row.at("percent").string(),
              standing == nullptr ? std::string()
                                  : ", " + std::string(spoken(standing->string(), page.language())));
    return std::move(text).text();
  }
  std::string text;
  const Json::Array& options = row.at("options").array();
  for (std::size_t i = 0; i < options.size(); ++i) {
    text += (i == 0 ? "" : " · ") + std::to_string(options[i].integer()) + " (" +
            row.at("shares").array()[i].string() + " %)";
  }
  const std::string& band = row.at("band").string();
  if (band != "none") text += ", " + std::string(spoken(band, page.language()));
  return text + "\n";
}

void add_figures(Page& page, const Json& result) {
  const Json& ballots = result.at("ballots");
  page.line({"  {}", "  {}"},
            result.at("base").at(page.language() == Language::vi ? "sentence_vi" : "sentence_en").string());
  page.line(
      {"  Phát ra {}, thu về {}; hợp lệ {}, không hợp lệ {}; kết luận {} phiếu, sửa lỗi nhập {} phiếu",
       "  Issued {}, returned {}; valid {}, invalid {}; {} ballots with a ruling, {} with a correction"},
      ballots.at("issued").integer(), ballots.at("returned").integer(), ballots.at("valid").integer(),
      ballots.at("invalid").integer(), ballots.at("rulings").integer(), ballots.at("corrections").integer());
  for (const auto& [reason, count] : ballots.at("invalid_by").members()) {
    page.line({"    không hợp lệ vì {}: {}", "    invalid, {}: {}"}, spoken(reason, page.language()),
              count.integer());
  }
  for (const Json& row : result.at("rows").array()) {
    std::string votes = votes_of(page, row);
    votes.pop_back();
    page.line({"    {}. {}: {}", "    {}. {}: {}"}, row.at("no").integer(), row.at("name").string(), votes);
  }
  page.line({"  Kết luận: {}", "  Outcome: {}"}, spoken(result.at("outcome").string(), page.language()));
  const std::string& next = result.at("next").at("action").string();
  if (next != "none") page.line({"  Việc tiếp theo: {}", "  Next: {}"}, spoken(next, page.language()));
}

void add_signers(Page& page, const ResultAccount& result) {
  if (result.signers.empty()) page.line({"  Chưa ai ký số.", "  Nobody signed."});
  for (const SignerAccount& signer : result.signers) {
    const Text weight = [&]() -> Text {
      switch (signer.weight) {
        case Weight::pinned:
          return {"được tính: chứng thư đã đăng ký trong ban kiểm phiếu", "counts: registered in the board"};
        case Weight::under_ca:
          return {"được tính: do nơi cấp đã cho (--ca)", "counts: under the authority given (--ca)"};
        case Weight::unattributed:
          return {"chữ ký đúng, nhưng chưa rõ là của ai", "holds, but nothing shows whose it is"};
        case Weight::refused:
          break;
      }
      return {"KHÔNG được tính (xem mục 5)", "does NOT count (see part 5)"};
    }();
    page.line({"  Ký số: {} — {}; ghi sổ {}; chứng thư {}", "  Signed: {} — {}; filed {}; certificate {}"},
              signer.subject, page.in(weight), signer.at, signer.certificate.substr(0, 16) + "…");
  }
}

void add_rules(Page& page, const Json& result) {
  const bool vi = page.language() == Language::vi;
  if (result.at("steps").array().empty()) return;
  page.line({"  Căn cứ:", "  Rules applied:"});
  for (const Json& step : result.at("steps").array()) {
    const bool unverified = step.at("grade").string() == "unverified";
    page.line({"    {} {}: {}{}", "    {} {}: {}{}"}, step.at("document").string(),
              step.at("article").string(), step.at(vi ? "text_vi" : "text_en").string(),
              unverified ? page.in({" [CHƯA ĐỐI CHIẾU]", " [NOT VERIFIED]"}) : page.in({"", ""}));
  }
}

void add_result(Page& page, const ResultAccount& result) {
  page.line({"  KẾT QUẢ ĐANG CÓ HIỆU LỰC (mục {}), {}", "  STANDING RESULT (entry {}), {}"}, result.seq,
            result.recounted ? page.in({"do chương trình kiểm tra tự đếm lại từ phiếu",
                                        "recounted by the verifier from the ballots"})
                             : page.in({"số phiếu theo hồ sơ, CHƯA đếm lại",
                                        "votes as the dossier states them, NOT recounted"}));
  if (result.rebuilt.is_object()) add_figures(page, result.rebuilt);
  if (!result.agrees) {
    page.line({"  HỒ SƠ GHI KHÁC VỚI CÁC SỐ TRÊN (mục 5): đừng dùng kết quả này",
               "  THE DOSSIER STATES OTHERWISE (part 5): do not use this result"});
  }
  page.line({"  Mã kết quả: {}", "  Digest: {}"}, in_groups_of_four(result.sha256));
  add_signers(page, result);
  if (result.rebuilt.is_object()) add_rules(page, result.rebuilt);
}

}  // namespace

std::string people_of(const Entry& entry) {
  std::string people;
  for (const std::string& name : entry.by) people += (people.empty() ? "" : ", ") + name;
  return people;
}

void add_contest(Page& page, const Account& account, const Contest& contest) {
  page.title({"{} — {}", "{} — {}"}, contest.id, contest.title);
  page.line({"  Danh sách {} dòng; số cần bầu: {}; lần {}{}", "  {} rows; seats: {}; round {}{}"},
            contest.rows.size(), has_seats(contest.question) ? std::to_string(contest.seats) : "-",
            contest.round, contest.revote ? page.in({", bầu lại", ", a re-vote"}) : page.in({"", ""}));
  add_bundles(page, account, contest.id);
  add_acts(page, account, contest.id);
  const auto result = std::find_if(account.results.begin(), account.results.end(),
                                   [&](const ResultAccount& one) { return one.contest == contest.id; });
  if (result == account.results.end()) {
    page.line({"  CHƯA CÓ KẾT QUẢ ĐANG CÓ HIỆU LỰC", "  NO STANDING RESULT"});
  } else {
    add_result(page, *result);
  }
}

}  // namespace kp::verify
