#include "verify/pdf_child.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>
#include <fstream>
#include <string_view>
#include <type_traits>

namespace kp::verify {
namespace {

constexpr rlim_t kMostMemory = rlim_t{1} << 30U;  // bytes beyond those in use when the child begins
constexpr rlim_t kMostSeconds = 60;
constexpr std::size_t kMostAnswer = std::size_t{512} << 20U;
constexpr std::size_t kPiece = std::size_t{64} << 10U;

/// Values one behind the other, for a process of this very program.
class Packing {
 public:
  template <class Number>
  void add(Number number) {
    static_assert(std::is_arithmetic_v<Number>);
    bytes_.append(reinterpret_cast<const char*>(&number), sizeof number);
  }
  void add(const std::string& text) {
    add(text.size());
    bytes_ += text;
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

/// The same, taken out again; what is not there any more is 0 and "".
class Unpacking {
 public:
  explicit Unpacking(std::string_view bytes) : left_(bytes) {}
  template <class Number>
  Number number() {
    Number number{};
    whole_ = whole_ && left_.size() >= sizeof number;
    if (!whole_) return {};
    std::memcpy(&number, left_.data(), sizeof number);
    left_.remove_prefix(sizeof number);
    return number;
  }
  std::string text() {
    const auto size = number<std::size_t>();
    whole_ = whole_ && left_.size() >= size;
    if (!whole_) return {};
    std::string text(left_.substr(0, size));
    left_.remove_prefix(size);
    return text;
  }
  [[nodiscard]] bool goes_on() const { return whole_; }
  [[nodiscard]] bool is_all() const { return whole_ && left_.empty(); }

 private:
  std::string_view left_;
  bool whole_ = true;
};

std::string packed(const PdfAsRead& read) {
  Packing packing;
  packing.add(read.why);
  packing.add(read.pages.size());
  for (const WordsOfPage& page : read.pages) {
    packing.add(page.size());
    for (const PlacedWord& word : page) {
      for (const double edge : {word.left, word.top, word.right, word.bottom}) packing.add(edge);
      packing.add(word.text);
    }
  }
  packing.add(read.signatures.size());
  for (const SignatureField& field : read.signatures) {
    for (const std::size_t offset : field.range) packing.add(offset);
    packing.add(field.contents);
    packing.add(field.moment);
  }
  return packing.bytes();
}

std::optional<PdfAsRead> unpacked(std::string_view bytes) {
  Unpacking unpacking(bytes);
  PdfAsRead read;
  read.why = unpacking.text();
  for (auto pages = unpacking.number<std::size_t>(); pages > 0 && unpacking.goes_on(); --pages) {
    WordsOfPage& page = read.pages.emplace_back();
    for (auto words = unpacking.number<std::size_t>(); words > 0 && unpacking.goes_on(); --words) {
      PlacedWord& word = page.emplace_back();
      for (double* edge : {&word.left, &word.top, &word.right, &word.bottom})
        *edge = unpacking.number<double>();
      word.text = unpacking.text();
    }
  }
  for (auto fields = unpacking.number<std::size_t>(); fields > 0 && unpacking.goes_on(); --fields) {
    SignatureField& field = read.signatures.emplace_back();
    for (std::size_t& offset : field.range) offset = unpacking.number<std::size_t>();
    field.contents = unpacking.text();
    field.moment = unpacking.text();
  }
  return unpacking.is_all() ? std::optional(std::move(read)) : std::nullopt;
}

void limit_this_process() {
  rlim_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  const rlim_t memory = pages * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE)) + kMostMemory;
  const rlimit of_memory{memory, memory};
  const rlimit of_time{kMostSeconds, kMostSeconds};
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_AS, &of_memory);
  ::setrlimit(RLIMIT_CPU, &of_time);
  ::setrlimit(RLIMIT_CORE, &none);
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// Whatever happens, nothing of the program goes on in the child: neither its handlers nor what it would do
// next.
[[noreturn]] void be_the_child(ReadPdf read, const std::string& pdf, int to) {
  for (const int number : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) std::signal(number, SIG_DFL);
  limit_this_process();
  try {
    PdfAsRead seen;
    read(pdf, seen);
    ::_exit(write_all(to, packed(seen)) ? 0 : 1);
  } catch (const std::exception&) {
    ::_exit(1);
  }
}

std::string read_all(int fd) {
  std::string bytes;
  std::array<char, kPiece> piece{};
  while (bytes.size() < kMostAnswer) {
    const ssize_t got = ::read(fd, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    bytes.append(piece.data(), static_cast<std::size_t>(got));
  }
  return bytes;
}

}  // namespace

std::optional<PdfAsRead> read_in_child(ReadPdf read, const std::string& pdf) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
  const pid_t child = ::fork();
  if (child == 0) be_the_child(read, pdf, ends[1]);
  ::close(ends[1]);
  const std::string answer = child > 0 ? read_all(ends[0]) : std::string();
  ::close(ends[0]);
  int status = -1;
  while (child > 0 && ::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (child < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) return std::nullopt;
  return unpacked(answer);
}

}  // namespace kp::verify
