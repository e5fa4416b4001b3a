#include "kiemphieu/session.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <ctime>
#include <string_view>

#include "base/digest.h"

namespace kp {
namespace {

std::optional<std::time_t> source_date_epoch() {
  const char* value = std::getenv("SOURCE_DATE_EPOCH");
  if (value == nullptr) return std::nullopt;
  const std::string_view text(value);
  std::time_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  constexpr std::time_t kYear10000 = 253402300800;
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && seconds >= 0 && seconds < kYear10000 ? std::optional(seconds) : std::nullopt;
}

// What is wrong inside a record is said of the record.
Findings at(const std::string& path, Findings findings) {
  for (Finding& found : findings) {
    if (found.where.empty()) found.where = path;
  }
  return findings;
}

}  // namespace

std::string entry_time(Purpose purpose, const std::string& last_at) {
  const std::optional<std::time_t> fixed = purpose == Purpose::practice ? source_date_epoch() : std::nullopt;
  const std::time_t now = fixed.value_or(std::time(nullptr));
  return std::max(fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(now)), last_at);
}

Session::Session(Record record, std::vector<std::string> entries, History history)
    : record_(std::move(record)), entries_(std::move(entries)), history_(std::move(history)) {
  for (const std::string& entry : entries_) tree_.append(leaf_hash(entry));
  last_at_ = history_.last_at;
}

Result<Session> Session::open(const std::string& path, Access access) {
  Result<Record> record = Record::open(path, access);
  if (!record) return record.findings();
  Result<std::vector<std::string>> entries = record->entries();
  if (!entries) return entries.findings();
  const Result<std::string> digest = congress_digest_of(*entries);
  if (!digest) return at(path, digest.findings());
  const Result<std::string> congress = record->blob(*digest);
  if (!congress) return congress.findings();
  Result<History> history = replay(*entries, *congress);
  if (!history) return at(path, history.findings());
  if (access != Access::read && history->closed) return finding(Code::record_closed, path);
  return Session(std::move(record).value(), std::move(entries).value(), std::move(history).value());
}

FetchBundle Session::fetch() const {
  return {[this](const std::string& sha256) { return record_.blob(sha256); },
          [this](const std::string& sha256) { return record_.beside(sha256); }};
}

RecordHead Session::head() const {
  return {history_.record_id, static_cast<std::int64_t>(tree_.size()), hex(tree_.root())};
}

Done Session::append(const Act& act) {
  Entry entry;
  entry.seq = static_cast<std::int64_t>(entries_.size());
  entry.at = entry_time(history_.congress.purpose, last_at_);
  entry.by = act.by;
  entry.kind = act.kind;
  entry.body = act.body;
  std::string bytes = entry_bytes(entry);
  if (Done appended = record_.append(bytes); !appended) return appended;
  last_at_ = entry.at;
  tree_.append(leaf_hash(bytes));
  entries_.push_back(std::move(bytes));
  return done();
}

Result<ContestSession> open_contest(const std::string& path, const std::string& contest,
                                    const People& given) {
  Result<Session> session = Session::open(path, Access::write);
  if (!session) return session.findings();
  const Result<const ContestHistory*> found = find_contest(session->history(), contest);
  if (!found) return found.findings();
  const Congress& congress = session->history().congress;
  Result<People> by = resolve_people(congress, board_of(congress, (*found)->contest), given);
  if (!by) return by.findings();
  const ContestHistory* const kept =
      *found;  // the history's contests stay where they are when the session moves
  return ContestSession{std::move(session).value(), kept, std::move(by).value()};
}

Done append_and_commit(Session& session, const Act& act) {
  if (Done appended = session.append(act); !appended) return appended;
  return session.commit();
}

}  // namespace kp
