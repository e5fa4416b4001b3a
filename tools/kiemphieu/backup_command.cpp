// backup: a second copy of the record, read back and compared; the same command brings it up to date later.
#include <fmt/format.h>

#include <filesystem>

#include "base/digest.h"
#include "kiemphieu/commands.h"
#include "kiemphieu/copies.h"
#include "kiemphieu/session.h"
#include "record/copy.h"

namespace kp {
namespace {

Reply backup(const Arguments& arguments) {
  namespace fs = std::filesystem;
  const std::string path = arguments.path("HALL.kp");
  const std::string copy = arguments.path("o");
  const Result<Session> session = Session::open(path, Access::read);
  if (!session) return session.findings();
  std::error_code error;
  const bool fresh = !fs::exists(fs::symlink_status(copy, error));
  if (!fresh) {
    if (fs::is_directory(copy, error) || fs::equivalent(path, copy, error))
      return finding(Code::file_exists, copy);
    const Result<RecordView> own = RecordView::open(path);
    if (!own) return own.findings();
    const Result<RecordView> other = RecordView::open(copy);
    if (!other) return other.findings();
    if (Findings wrong = check_copies(*own, *other, copy, arguments.language()); !wrong.empty()) return wrong;
  }
  const Result<std::size_t> appended = bring_up_to(session->record(), copy);
  if (!appended) return appended.findings();
  const RecordHead head = session->head();
  const bool vi = arguments.language() == Language::vi;
  Reply reply;
  reply.json = {{"copy", copy},
                {"appended", static_cast<std::int64_t>(*appended)},
                {"record", Json::object({{"id", head.id}, {"size", head.size}, {"root", head.root}})}};
  reply.text = fmt::format(
      fmt::runtime(
          vi ? "Đã sao lưu vào {}: {} mục, trong đó {} mục mới; đã đọc lại và so từng mục, từng tệp.\n"
               "  gốc của sổ:\n  {}\n"
             : "Backed up to {}: {} entries, {} of them new; every entry and file was read back and "
               "compared.\n  root:\n  {}\n"),
      copy, head.size, *appended, in_groups_of_four(head.root));
  return reply;
}

}  // namespace

std::vector<Command> backup_commands() {
  return {{{"backup",
            {"sao lưu sổ sang chỗ khác; gõ lại thì bổ sung bản sao",
             "a verified copy; again, brings it up to date"},
            {record_position()},
            {{"o", Takes::one, true, {"bản sao, ví dụ /media/usb/HALL.kp", "the copy"}},
             by_option()}},  // taken as everywhere; a copy has no entry of its own
           backup}};
}

}  // namespace kp
