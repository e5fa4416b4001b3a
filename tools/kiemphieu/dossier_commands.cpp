// export: the dossier, written and then verified by the independent verifier before it gets its name.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/digest.h"
#include "base/file.h"
#include "kiemphieu/commands.h"
#include "kiemphieu/dossier.h"
#include "kiemphieu/session.h"
#include "verify/verify.h"

namespace kp {
namespace {

namespace fs = std::filesystem;

/// A folder that is removed again unless it gets its name.
class PendingFolder {
 public:
  explicit PendingFolder(std::string place) : place_(std::move(place)), folder_(place_ + ".part") {
    remove();
  }
  PendingFolder(const PendingFolder&) = delete;
  PendingFolder& operator=(const PendingFolder&) = delete;
  ~PendingFolder() { remove(); }

  [[nodiscard]] const std::string& path() const { return folder_; }

  Done put_in_place() {
    std::error_code error;
    fs::rename(folder_, place_, error);
    if (error) return write_failure(place_, error.value());
    sync_folder_of(place_);
    return done();
  }

 private:
  void remove() const {
    std::error_code error;
    fs::remove_all(folder_, error);
  }
  std::string place_;
  std::string folder_;
};

// Whether a dossier may take this name: nothing is there yet, or a folder with nothing in it.
bool is_free(const std::string& place) {
  std::error_code error;
  const fs::file_status there = fs::symlink_status(place, error);
  return !fs::exists(there) || (fs::is_directory(there) && fs::is_empty(place, error) && !error);
}

// For minutes in which the verifier reads something else than their result says: what can be done now.
void advise(Reply& reply) {
  const auto is_of_minutes = [](const Finding& one) {
    return one.severity == Severity::error && one.where.ends_with(".pdf");
  };
  const auto first = std::find_if(reply.findings.begin(), reply.findings.end(), is_of_minutes);
  if (first == reply.findings.end()) return;
  const std::string file = first->where;
  reply.findings.push_back(finding(Code::minutes_not_in_dossier, file));
}

Reply export_command(const Arguments& arguments) {
  std::string place = arguments.path("o");
  while (place.size() > 1 && place.ends_with('/')) place.pop_back();
  if (!is_free(place)) return finding(Code::file_exists, place);
  const Result<Session> session = Session::open(arguments.path("HALL.kp"), Access::read);
  if (!session) return session.findings();

  PendingFolder folder(place);
  Findings notes;
  const DossierForm form{!arguments.has("public"), !arguments.has("without-minutes"), arguments.language()};
  if (Done written = write_dossier(*session, folder.path(), form, notes); !written) {
    return written.findings();
  }
  verify::Request request;
  request.dossier = folder.path();
  request.unsigned_ok = arguments.has("unsigned");
  request.without_minutes = !form.with_minutes;
  const verify::Report report = verify::verify(request);
  Reply reply(report.findings);
  if (!reply.ok()) {
    advise(reply);
    return reply;
  }
  add(reply.findings, std::move(notes));
  if (Done placed = folder.put_in_place(); !placed) return placed.findings();

  const RecordHead head = session->head();
  const bool vi = arguments.language() == Language::vi;
  reply.json = {{"dossier", place},
                {"level", verify::word(report.level)},
                {"record", Json::object({{"id", head.id}, {"size", head.size}, {"root", head.root}})}};
  reply.text = fmt::format(
      fmt::runtime(
          vi ? "Đã lập hồ sơ {} và đã kiểm tra bằng chương trình độc lập.\n  {} mục; gốc của sổ:\n  {}\n"
             : "Wrote {} and had it checked by the independent verifier.\n  {} entries; root:\n  {}\n"),
      place, head.size, in_groups_of_four(head.root));
  return reply;
}

}  // namespace

std::vector<Command> dossier_commands() {
  return {
      {{"export",
        {"lập hồ sơ để ai cũng kiểm lại được", "the dossier that anyone can verify"},
        {record_position()},
        {{"o",
          Takes::one,
          true,
          {"thư mục hồ sơ sẽ tạo, chưa có hoặc còn rỗng", "folder to make, not there yet or empty"}},
         {"unsigned", Takes::nothing, false, {"cho phép chưa đủ chữ ký", "too few signatures are allowed"}},
         {"public", Takes::nothing, false, {"không kèm từng phiếu", "without the ballots"}},
         {"without-minutes",
          Takes::nothing,
          false,
          {"không kèm biên bản PDF, khi không lập được",
           "without the minutes in PDF, where they cannot be made"}},
         by_option()}},  // taken as everywhere; nothing is entered into the record, so nobody's name is kept
       export_command},
  };
}

}  // namespace kp
