#include "kiemphieu/questions.h"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <iostream>

#include "base/text.h"

namespace kp {
namespace {

constexpr Text kNotEmpty = {"không được để trống", "must not be empty"};

}  // namespace

Questions::Questions(const Arguments& arguments)
    : arguments_(arguments),
      vi_(arguments.language() == Language::vi),
      talks_(::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1) {
  if (!talks_) return;
  fmt::print(stderr, "{}\n\n",
             vi_ ? "Trả lời từng câu rồi Enter; trong [ ] là câu trả lời khi chỉ nhấn Enter.\n"
                   "Trả lời nhầm: gõ < để quay lại câu trước. Dừng: Ctrl+C, chưa có gì được ghi."
                 : "Answer each question and press Enter; [ ] holds what Enter alone means.\n"
                   "< goes back one question. Ctrl+C stops; nothing is written until the end.");
}

void Questions::begin_again() {
  if (!answers_.empty()) answers_.pop_back();
  repeated_ = 0;
  missing_.clear();
}

bool Questions::read(std::string& answer) {
  if (repeats()) {
    answer = answers_[repeated_];
    return true;
  }
  if (ended_ || !std::getline(std::cin, answer)) {
    ended_ = true;
    return false;
  }
  if (first_bad_utf8(answer)) {
    fmt::print(stderr, "  {}\n",
               vi_ ? "chữ không phải UTF-8, xin gõ lại" : "not UTF-8, please type it again");
    answer.clear();
    return true;
  }
  answer = tidied(to_nfc(answer));
  return true;
}

void Questions::lacks(std::string_view option) {
  missing_ += fmt::format("{}--{}", missing_.empty() ? "" : ", ", option);
}

std::string Questions::taken(const std::string& typed, const std::string& answer) {
  if (!repeats()) answers_.push_back(typed);
  ++repeated_;
  return answer;
}

std::string Questions::ask(const Ask& question, const std::string& hint) {
  std::string answer;
  while (true) {
    if (!repeats()) fmt::print(stderr, "{}{}: ", question.text.in(arguments_.language()), hint);
    std::fflush(stderr);
    if (!read(answer)) {
      fmt::print(stderr, "\n");
      return "";
    }
    if (talks_ && answer == "<") throw StepBack();
    const std::string typed = answer;
    if (answer.empty()) answer = question.otherwise;
    if (answer.empty()) {
      if (question.may_be_empty) return taken(typed, "");
      fmt::print(stderr, "  {}\n", vi_ ? "mục này phải có, xin trả lời" : "this is needed, please answer");
      continue;
    }
    std::string wrong;
    if (has_hidden_character(answer)) wrong = vi_ ? "có ký tự ẩn" : "it holds a hidden character";
    if (wrong.empty() && question.check) wrong = question.check(answer);
    if (wrong.empty() && question.rule) wrong = question.rule(answer);
    if (wrong.empty()) return taken(typed, answer);
    fmt::print(stderr, "  {}: {}\n", vi_ ? "Chưa nhận" : "Not taken", wrong);
  }
}

std::string Questions::line(const Ask& question) {
  if (arguments_.has(question.option)) {
    std::string given = tidied(arguments_.text(question.option));
    if (given.empty() && question.may_be_empty) return given;
    if (given.empty()) arguments_.refuse(question.option, kNotEmpty);
    const std::string wrong = question.check ? question.check(given) : "";
    if (!wrong.empty()) arguments_.refuse(question.option, {wrong, wrong});
    return given;
  }
  const bool has_default = question.may_be_empty || !question.otherwise.empty();
  std::string answer;
  if (talks_ || (!has_default && !ended_)) {
    const std::string hint = !question.otherwise.empty() ? fmt::format(" [{}]", question.otherwise)
                             : question.may_be_empty
                                 ? (vi_ ? " [Enter nếu không có]" : " [Enter if there is none]")
                                 : std::string();
    answer = ask(question, hint);
  }
  if (answer.empty() && !question.otherwise.empty()) {
    answer = question.otherwise;
    if (question.check) question.check(answer);
  }
  if (answer.empty() && !question.may_be_empty) lacks(question.option);
  return answer;
}

std::string Questions::choice(const Ask& question, std::span<const Choice> choices) {
  std::string words;
  std::string menu;
  std::string preset;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    words += fmt::format("{}{}", i == 0 ? "" : ", ", choices[i].word);
    menu += fmt::format("  {}. {}\n", i + 1, choices[i].text.in(arguments_.language()));
    if (choices[i].word == question.otherwise) preset = std::to_string(i + 1);
  }
  Ask asked = question;
  asked.otherwise = arguments_.has(question.option) || !talks_ ? question.otherwise : preset;
  asked.check = [&](std::string& answer) -> std::string {
    for (std::size_t i = 0; i < choices.size(); ++i) {
      if (answer != choices[i].word && answer != std::to_string(i + 1)) continue;
      answer = choices[i].word;
      return "";
    }
    return fmt::format(fmt::runtime(vi_ ? "gõ số từ 1 đến {} ({})" : "type a number from 1 to {} ({})"),
                       choices.size(), words);
  };
  const bool will_ask = talks_ || (question.otherwise.empty() && !ended_);
  if (!arguments_.has(question.option) && will_ask && !repeats()) fmt::print(stderr, "{}", menu);
  return line(asked);
}

std::int64_t Questions::number(Ask question, std::int64_t least, std::int64_t most) {
  std::int64_t value = 0;
  question.check = [&](std::string& answer) -> std::string {
    const char* const end = answer.data() + answer.size();
    const auto [stop, error] = std::from_chars(answer.data(), end, value);
    if (error != std::errc() || stop != end || value < least || value > most) {
      return fmt::format(fmt::runtime(vi_ ? "phải là số từ {} đến {}" : "must be a number from {} to {}"),
                         least, most);
    }
    return "";
  };
  const std::string answer = line(question);
  std::from_chars(answer.data(), answer.data() + answer.size(), value);
  return answer.empty() ? least : value;
}

std::vector<std::string> Questions::lines(const Ask& first, const Text& further) {
  std::vector<std::string> all;
  if (arguments_.has(first.option)) {
    for (const std::string& given : arguments_.texts(first.option)) {
      all.push_back(tidied(given));
      if (all.back().empty()) arguments_.refuse(first.option, kNotEmpty);
    }
    return all;
  }
  Ask question = first;
  while (talks_ || (all.empty() && !first.may_be_empty && !ended_)) {
    const std::string answer =
        ask(question, question.may_be_empty ? (vi_ ? " [Enter nếu hết]" : " [Enter when done]") : "");
    if (answer.empty()) break;
    all.push_back(answer);
    question.text = further;
    question.may_be_empty = true;
  }
  if (all.empty() && !first.may_be_empty) lacks(first.option);
  return all;
}

}  // namespace kp
