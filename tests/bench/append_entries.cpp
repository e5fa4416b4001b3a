// append-entries RECORD COUNT BYTES: a new record, and that many entries of that length, each durable before
// the next, as commands append them.
#include <string>

#include "record/record.h"

using namespace kp;

namespace {

bool append(Result<Record> record, std::string_view entry) {
  return record.ok() && record->append(entry).ok() && record->commit().ok();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const std::string path = argv[1];
  const std::string entry(std::stoul(argv[3]), 'x');
  if (!append(Record::create(path), entry)) return 1;
  for (std::size_t left = std::stoul(argv[2]); left > 1; --left) {
    if (!append(Record::open(path, Access::write), entry)) return 1;
  }
}
