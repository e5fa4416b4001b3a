// kiemphieu-reader.so: a PDF as words at their places, and its signatures. See pdf_reader.h.
#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <stdexcept>

#include "verify/pdf_reader.h"

namespace kp::verify {
namespace {

constexpr int kMostPages = 2000;
constexpr std::size_t kMostWords = 2'000'000;

std::string utf8(const poppler::ustring& text) {
  const poppler::byte_array bytes = text.to_utf8();
  return {bytes.begin(), bytes.end()};
}

void read_words(const std::string& pdf, PdfAsRead& read) {
  poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
  const std::unique_ptr<poppler::document> document(
      poppler::document::load_from_raw_data(pdf.data(), static_cast<int>(pdf.size())));
  if (document == nullptr || document->is_locked()) throw std::runtime_error("PDF");
  if (document->pages() < 1 || document->pages() > kMostPages) throw std::runtime_error("pages");
  std::size_t words = 0;
  for (int number = 0; number < document->pages(); ++number) {
    const std::unique_ptr<poppler::page> page(document->create_page(number));
    if (page == nullptr) throw std::runtime_error("page " + std::to_string(number + 1));
    WordsOfPage& placed = read.pages.emplace_back();
    for (const poppler::text_box& box : page->text_list()) {
      if (++words > kMostWords) throw std::runtime_error("words");
      const poppler::rectf at = box.bbox();
      placed.push_back({at.left(), at.top(), at.right(), at.bottom(), utf8(box.text())});
    }
  }
}

std::size_t offset_in(QPDFObjectHandle number) {
  const long long n = number.isInteger() ? number.getIntValue() : -1;
  if (n < 0) throw std::runtime_error("ByteRange");
  return static_cast<std::size_t>(n);
}

void read_signatures(const std::string& pdf, PdfAsRead& read) {
  QPDF file;
  file.setSuppressWarnings(true);
  file.setAttemptRecovery(false);
  file.processMemoryFile("PDF", pdf.data(), pdf.size());
  QPDFObjectHandle form = file.getRoot().getKey("/AcroForm");
  if (!form.isDictionary() || !form.getKey("/Fields").isArray()) return;
  for (QPDFObjectHandle field : form.getKey("/Fields").getArrayAsVector()) {
    if (!field.isDictionary() || !field.getKey("/V").isDictionary()) continue;
    QPDFObjectHandle value = field.getKey("/V");
    QPDFObjectHandle range = value.getKey("/ByteRange");
    QPDFObjectHandle contents = value.getKey("/Contents");
    if (!range.isArray() || range.getArrayNItems() != 4 || !contents.isString())
      throw std::runtime_error("ByteRange");
    SignatureField& one = read.signatures.emplace_back();
    const std::vector<QPDFObjectHandle> numbers = range.getArrayAsVector();
    std::transform(numbers.begin(), numbers.end(), one.range.begin(), offset_in);
    one.contents = contents.getStringValue();
    QPDFObjectHandle moment = value.getKey("/M");
    if (moment.isString()) one.moment = moment.getStringValue();
  }
}

}  // namespace
}  // namespace kp::verify

extern "C" {

int kiemphieu_reader_mark() {
  return kp::verify::kReaderMark;
}

void kiemphieu_read_pdf(const std::string& pdf, kp::verify::PdfAsRead& read) {
  try {
    kp::verify::read_words(pdf, read);
    kp::verify::read_signatures(pdf, read);
  } catch (const std::exception& error) {
    read.why = error.what();
    if (read.why.empty()) read.why = "PDF";
  }
}
}
