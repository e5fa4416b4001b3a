// Hostile files: whatever a file holds, reading it takes at most a stated multiple of its size in memory and
// time in proportion to its size (docs/attacks.md). Each attack runs in a process of its own, once at n and
// once at 2n.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>

#include "catch.h"
#include "proceedings/history.h"
#include "seal/seal.h"
#include "support/dossier_evening.h"
#include "verify/signers.h"

namespace {

using namespace kp::test;

// The figures that docs/attacks.md states.
constexpr std::int64_t kMultiple = 64;
constexpr std::int64_t kBesides = 16 << 20;

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kSanitized = true;
#elif defined(__has_feature)
constexpr bool kSanitized = __has_feature(address_sanitizer);
#else
constexpr bool kSanitized = false;
#endif

struct Cost {
  double seconds = 0;
  std::int64_t bytes = 0;  ///< most memory in use
  bool ended_well = false;
};

Cost cost_of(const std::function<void()>& act) {
  const pid_t child = ::fork();
  if (child == 0) {
    act();
    ::_exit(0);
  }
  int status = 0;
  rusage used{};
  REQUIRE(::wait4(child, &status, 0, &used) == child);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  return {seconds(used.ru_utime) + seconds(used.ru_stime), std::int64_t{used.ru_maxrss} * 1024,
          WIFEXITED(status) && WEXITSTATUS(status) == 0};
}

/// A file that grows with n, and who reads it.
struct Attack {
  const char* name;
  std::size_t n;
  std::function<std::string(std::size_t)> make;
  std::function<void(const std::string&)> read;
};

void hold(const Attack& attack) {
  INFO(attack.name);
  const auto run = [&](std::size_t n) {
    const std::string file = attack.make(n);
    const std::int64_t size = static_cast<std::int64_t>(file.size());
    const Cost nothing = cost_of([&] { (void)file.size(); });
    const Cost cost = cost_of([&] { attack.read(file); });
    REQUIRE(cost.ended_well);
    INFO(size << " bytes: " << cost.bytes - nothing.bytes << " bytes of memory, " << cost.seconds << " s");
    if (!kSanitized) CHECK(cost.bytes - nothing.bytes <= kMultiple * size + kBesides);
    return cost.seconds;
  };
  const double once = run(attack.n);
  const double twice = run(2 * attack.n);
  // Twice the size, twice the time; the rest is for a busy machine. Quadratic would be four times.
  INFO(once << " s, then " << twice << " s");
  CHECK(twice <= 3.2 * once + 0.1);
}

std::string repeated(std::string_view piece, std::size_t n) {
  std::string out;
  out.reserve(piece.size() * n);
  for (std::size_t i = 0; i < n; ++i) out += piece;
  return out;
}

// What makes n entries of one kind, to follow the one that opens the record.
std::function<std::string(std::size_t)> all(const std::string& kind,
                                            const std::function<json(std::size_t)>& body) {
  return [=](std::size_t n) {
    std::string out;
    for (std::size_t i = 1; i <= n; ++i) {
      out += json({{"at", "2026-11-22T08:00:00Z"},
                   {"body", body(i)},
                   {"by", {"Trần Thị Bình", "Lê Văn Cường"}},
                   {"kind", kind},
                   {"seq", i}})
                 .dump() +
             "\n";
    }
    return out;
  };
}

json bundle(std::size_t i) {
  return {{"contest", "committee"},
          {"bundle", std::to_string(i)},
          {"pass", 1},
          {"ballots", 1},
          {"sha256", std::string(64, '0')},
          {"manifest", std::string(64, '1')},
          {"method", "scanned"},
          {"station", "M1"},
          {"signers", json::array()}};
}

json contest(std::size_t i) {
  return {{"contest", changed(committee_contest(), [i](json& c) { c["id"] = "c" + std::to_string(i); })}};
}

}  // namespace

TEST_CASE("hostile signature files cost engine and verifier memory and time in proportion to their size") {
  const std::string true_one = sign_cms("x", {keys().head});
  const auto read = [](const std::string& file) {
    (void)kp::read_signers("x", file, "p7s").ok();
    (void)kp::verify::open_envelope(file, "x", "p7s").ok();
  };
  // Sets within sets, each with a length; a short one inside a very long one; a real one with rubbish behind
  // it.
  const auto nested = [](std::size_t n) { return repeated(std::string("\x30\x80", 2), n); };
  hold({"sets without end", 500000, nested, read});
  hold({"a real one and rubbish", 2000000, [&](std::size_t n) { return true_one + std::string(n, 'x'); },
        read});
  hold({"nothing", 2000000, [](std::size_t n) { return std::string(n, '\0'); }, read});
}

TEST_CASE("a hostile record costs the verifier memory and time in proportion to its size") {
  const auto verify_record = [](const std::string& record) {
    DossierBuilder d(congress_of({committee_contest()}));
    Files files = d.files();
    files["record.jsonl"] = d.lines[0] + "\n" + record;
    (void)verified(files);
  };
  hold({"rubbish lines", 200000, [](std::size_t n) { return repeated("{}\n", n); }, verify_record});
  hold({"empty lines", 1000000, [](std::size_t n) { return std::string(n, '\n'); }, verify_record});
  hold({"one line without end", 4000000, [](std::size_t n) { return std::string(n, 'x'); }, verify_record});
  hold({"notes", 10000, all("note", [](std::size_t) { return json{{"text", "x"}}; }), verify_record});
  hold({"tiny bundles", 5000, all("bundle", bundle), verify_record});
  const auto ruling = [](std::size_t i) {
    return json{
        {"contest", "committee"}, {"bundle", "B1"}, {"ballot", i}, {"invalid", "marked"}, {"note", "x"}};
  };
  hold({"rulings on ballots that are not there", 5000, all("ruling", ruling), verify_record});
  hold({"contests", 1000, all("contest", contest), verify_record});
}

TEST_CASE("a hostile record costs the engine memory and time in proportion to its size") {
  DossierBuilder d(congress_of({committee_contest()}));
  const auto replayed = [&](const std::string& record) {
    std::vector<std::string> entries = {d.lines[0]};
    std::istringstream stream(record);
    for (std::string line; std::getline(stream, line);) entries.push_back(line);
    // An entry refused early would leave the others unread, and cost little.
    if (!kp::replay(entries, d.congress_text).ok()) ::_exit(1);
  };
  hold({"notes", 5000, all("note", [](std::size_t) { return json{{"text", "x"}}; }), replayed});
  hold({"tiny bundles", 5000, all("bundle", bundle), replayed});
  hold({"contests", 500, all("contest", contest), replayed});
}
