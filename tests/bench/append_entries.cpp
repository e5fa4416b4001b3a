// append-entries RECORD COUNT BYTES [--open-each]: a new record, and that many entries of that length, each
// durable before the next: in a record that stays open, or opened for each, as commands do.
#include <string>
#include <string_view>

#include "record/record.h"

using namespace kp;

namespace {

bool append(Record& record, std::string_view entry) {
  return record.append(entry).ok() && record.commit().ok();
}

bool open_and_append(Result<Record> record, std::string_view entry) {
  return record.ok() && append(*record, entry);
}

bool append_to_one(const std::string& path, std::size_t count, std::string_view entry) {
  Result<Record> record = Record::open(path, Access::write);
  for (std::size_t i = 0; i < count; ++i) {
    if (!record || (i > 0 && !record->begin()) || !append(*record, entry)) return false;
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  const std::string path = argv[1];
  const std::size_t more = std::stoul(argv[2]) - 1;
  const std::string entry(std::stoul(argv[3]), 'x');
  if (!open_and_append(Record::create(path), entry)) return 1;
  if (argc == 4) return append_to_one(path, more, entry) ? 0 : 1;
  if (std::string_view(argv[4]) != "--open-each") return 2;
  for (std::size_t i = 0; i < more; ++i) {
    if (!open_and_append(Record::open(path, Access::write), entry)) return 1;
  }
}
