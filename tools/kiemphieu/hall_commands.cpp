// box, import: what was counted in the hall, and how the bundles come into the record.
#include <fmt/format.h>

#include "base/digest.h"
#include "base/text.h"
#include "kiemphieu/commands.h"
#include "kiemphieu/importer.h"
#include "kiemphieu/progress.h"
#include "kiemphieu/session.h"
#include "proceedings/gate.h"
#include "proceedings/list_building.h"
#include "proceedings/setup.h"
#include "rules/ruleset.h"

namespace kp {
namespace {

Reply box(const Arguments& arguments) {
  BoxFigures figures;
  figures.issued = arguments.integer("issued");
  figures.returned = arguments.integer("returned");
  figures.spoiled = arguments.integer_if("spoiled");
  figures.seal = arguments.text("seal");
  figures.note = arguments.text("note");
  Result<ContestSession> at =
      open_contest(arguments.path("HALL.kp"), arguments.text("CONTEST"), arguments.texts("by"));
  if (!at) return at.findings();
  const Result<Act> act = count_box(*at->contest, figures, at->by);
  if (!act) return act.findings();

  // The figures are recorded as they are; what the gate will say is shown at once, while everyone is still
  // there.
  ContestHistory after = *at->contest;
  after.boxes.push_back({0, figures.issued, figures.returned, figures.spoiled, figures.seal});
  const Result<RulingTally> rulings = rulings_in_force(after, at->session.fetch());
  if (!rulings) return rulings.findings();
  Reply reply;
  Findings gate = check_box(after, rulings->not_issued);
  add(gate, warn_of_fewer_returned(after));
  const History& history = at->session.history();
  add(gate, check_elected_among(after.contest, history.may_be_elected_in(after.contest.among)));
  add(gate, check_against_polls(history, after.contest));
  cite(gate, history.congress.regulation);
  for (Finding& found : gate) {
    found.severity = Severity::warning;
    reply.findings.push_back(std::move(found));
  }
  if (!after.proofed.empty() && !after.is_proofed())
    reply.findings.push_back(finding(Code::proof_older_list, after.contest.id));
  if (Done written = append_and_commit(at->session, *act); !written) return written.findings();
  const bool vi = arguments.language() == Language::vi;
  reply.json = {
      {"contest", at->contest->contest.id}, {"issued", figures.issued}, {"returned", figures.returned}};
  reply.text = fmt::format(fmt::runtime(vi ? "{}: phát ra {}, thu về {}\n" : "{}: issued {}, returned {}\n"),
                           at->contest->contest.id, figures.issued, figures.returned);
  return reply;
}

Reply import(const Arguments& arguments) {
  const Result<std::vector<std::string>> manifests = find_manifests(arguments.paths("MANIFEST"));
  if (!manifests) return manifests.findings();
  Result<Session> session = Session::open(arguments.path("HALL.kp"), access_for(*manifests));
  if (!session) return session.findings();
  const bool vi = arguments.language() == Language::vi;
  Importer importer(*session, arguments.texts("by"),
                    progress_on_terminal(vi ? "đã đọc xấp" : "bundles read"));
  for (const std::string& manifest : *manifests) importer.take(manifest);
  if (arguments.paths("MANIFEST") != *manifests) importer.warn_of_unlisted();  // a folder was named
  importer.tell_of_retracted();
  Reply reply;
  reply.findings = importer.findings();
  if (!reply.ok()) return reply;
  if (importer.entered() > 0) {
    if (Done written = session->commit(); !written) return written.findings();
  }
  reply.json = {
      {"entered", importer.entered()}, {"ballots", importer.ballots()}, {"already_there", importer.there()}};
  reply.text = fmt::format(fmt::runtime(vi ? "Đã nhập {} xấp, {} phiếu; {} xấp đã có từ trước\n"
                                           : "Entered {} bundles, {} ballots; {} were there already\n"),
                           importer.entered(), importer.ballots(), importer.there());
  return reply;
}

}  // namespace

std::vector<Command> hall_commands() {
  return {
      {{"box",
        {"ghi số phiếu phát ra, thu về đã kiểm đếm trong hội trường", "what was counted in the hall"},
        {record_position(), contest_position()},
        {{"issued", Takes::one, true, {"số phiếu phát ra", "ballots issued"}},
         {"returned", Takes::one, true, {"số phiếu thu về", "ballots returned"}},
         {"spoiled", Takes::one, false, {"số phiếu hỏng đã đổi", "spoiled ballots exchanged"}},
         {"seal", Takes::one, false, {"số niêm phong hòm phiếu", "seal of the box"}},
         by_option(),
         note_option()}},
       box},
      {{"import",
        {"kiểm tra mã số, chữ ký, đọc các xấp phiếu vào sổ", "verifies, parses and appends bundles"},
        {record_position(), {"MANIFEST", {"bản kê hoặc thư mục", "manifest or folder"}, true}},
        {by_option()}},
       import},
  };
}

}  // namespace kp
