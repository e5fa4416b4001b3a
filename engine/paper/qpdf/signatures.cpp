// kiemphieu-pages.so: signature fields of a PDF. See signature.h.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <limits>
#include <map>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <stdexcept>

#include "paper/pages_library.h"

namespace kp::paper {
namespace {

// As it stands or not at all: what qpdf would mend is not what others would read.
void open(QPDF& file, const std::string& pdf) {
  file.setSuppressWarnings(true);
  file.setAttemptRecovery(false);
  file.processMemoryFile("PDF", pdf.data(), pdf.size());
  if (file.isEncrypted()) throw std::runtime_error("encrypted");
  if (file.anyWarnings()) throw std::runtime_error("damaged");
}

std::string ten_digits(std::size_t n) {
  std::string digits = std::to_string(n);
  if (digits.size() > 10) throw std::runtime_error("too large");
  return std::string(10 - digits.size(), '0') + digits;
}

// A dictionary of its own: that of `holder` under `key`, or an empty one.
QPDFObjectHandle dictionary_in(QPDFObjectHandle holder, const std::string& key) {
  QPDFObjectHandle there = holder.getKey(key);
  return there.isDictionary() ? there.shallowCopy() : QPDFObjectHandle::newDictionary();
}

QPDFObjectHandle array_in(QPDFObjectHandle holder, const std::string& key) {
  QPDFObjectHandle there = holder.getKey(key);
  return there.isArray() ? QPDFObjectHandle::newArray(there.getArrayAsVector())
                         : QPDFObjectHandle::newArray();
}

std::size_t last_table(const std::string& pdf) {
  const std::size_t word = pdf.rfind("startxref");
  const std::size_t digit = word == std::string::npos ? word : pdf.find_first_of("0123456789", word);
  if (digit == std::string::npos) throw std::runtime_error("no startxref");
  const std::size_t at = std::stoul(pdf.substr(digit, 10));
  // An update must keep to the kind of table that it continues.
  if (pdf.compare(std::min(at, pdf.size()), 4, "xref") != 0) throw std::runtime_error("xref stream");
  return at;
}

/// Objects behind the end of a PDF, and the table and trailer that make them count.
class Update {
 public:
  explicit Update(const std::string& pdf) : text_(pdf), before_(last_table(pdf)) {
    if (text_.back() != '\n') text_ += '\n';
  }

  /// Returns where the object's own text begins.
  std::size_t add(QPDFObjGen id, const std::string& object) {
    places_[id] = text_.size();
    text_ += std::to_string(id.getObj()) + " " + std::to_string(id.getGen()) + " obj\n";
    const std::size_t begins = text_.size();
    text_ += object + "\nendobj\n";
    return begins;
  }

  std::string finish(QPDFObjectHandle trailer, int size) {
    const std::size_t table = text_.size();
    text_ += "xref\n";
    for (const auto& [id, at] : places_) {
      const std::string generation = ten_digits(static_cast<std::size_t>(id.getGen())).substr(5);
      text_ += std::to_string(id.getObj()) + " 1\n" + ten_digits(at) + " " + generation + " n \n";
    }
    trailer.replaceKey("/Size", QPDFObjectHandle::newInteger(size));
    trailer.replaceKey("/Prev", QPDFObjectHandle::newInteger(static_cast<long long>(before_)));
    text_ += "trailer\n" + trailer.unparse() + "\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
    return std::move(text_);
  }

 private:
  std::string text_;
  std::size_t before_;
  std::map<QPDFObjGen, std::size_t> places_;
};

// Writes where the gap is over the zeros that hold the place.
void write_range(MadeGap& made, std::size_t range, std::size_t room) {
  const std::size_t rest = made.at + 2 * room + 1;
  const std::string digits =
      ten_digits(made.at - 1) + " " + ten_digits(rest) + " " + ten_digits(made.pdf.size() - rest);
  made.pdf.replace(range, digits.size(), digits);
}

void make(const std::string& pdf, const WantedGap& wanted, MadeGap& made) {
  QPDF file;
  open(file, pdf);
  QPDFObjectHandle root = file.getRoot();
  const std::vector<QPDFObjectHandle>& pages = file.getAllPages();
  if (pages.empty()) throw std::runtime_error("no page");
  QPDFObjectHandle page = pages.front();
  QPDFObjectHandle signature = file.makeIndirectObject(QPDFObjectHandle::newNull());
  QPDFObjectHandle field = file.makeIndirectObject(QPDFObjectHandle::newNull());
  QPDFObjectHandle form = dictionary_in(root, "/AcroForm");
  QPDFObjectHandle fields = array_in(form, "/Fields");
  const std::string name = "Signature" + std::to_string(fields.getArrayNItems() + 1);
  fields.appendItem(field);
  form.replaceKey("/Fields", fields);
  form.replaceKey("/SigFlags", QPDFObjectHandle::newInteger(3));  // has signatures, take appended ones only
  root = root.shallowCopy();
  root.replaceKey("/AcroForm", form);
  QPDFObjectHandle new_page = page.shallowCopy();
  QPDFObjectHandle annotations = array_in(page, "/Annots");
  annotations.appendItem(field);
  new_page.replaceKey("/Annots", annotations);

  Update update(pdf);
  update.add(file.getRoot().getObjGen(), root.unparse());
  update.add(page.getObjGen(), new_page.unparse());
  update.add(field.getObjGen(), "<< /FT /Sig /Type /Annot /Subtype /Widget /F 132 /Rect [ 0 0 0 0 ] /T (" +
                                    name + ") /P " + page.unparse() + " /V " + signature.unparse() + " >>");
  const std::string range_head = "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (" +
                                 wanted.moment + ") /ByteRange [ 0 ";
  const std::string room_head = ten_digits(0) + " " + ten_digits(0) + " " + ten_digits(0) + " ] /Contents <";
  const std::size_t begins =
      update.add(signature.getObjGen(), range_head + room_head + std::string(2 * wanted.room, '0') + "> >>");
  made.at = begins + range_head.size() + room_head.size();
  made.pdf = update.finish(file.getTrailer().shallowCopy(), field.getObjectID() + 1);
  write_range(made, begins + range_head.size(), wanted.room);
}

std::size_t offset_in(QPDFObjectHandle number) {
  const long long n = number.isInteger() ? number.getIntValue() : -1;
  if (n < 0) throw std::runtime_error("ByteRange");
  return static_cast<std::size_t>(n);
}

void find(const std::string& pdf, FoundSignatures& found) {
  QPDF file;
  open(file, pdf);
  QPDFObjectHandle form = dictionary_in(file.getRoot(), "/AcroForm");
  for (QPDFObjectHandle field : array_in(form, "/Fields").getArrayAsVector()) {
    if (!field.isDictionary() || !field.getKey("/FT").isNameAndEquals("/Sig")) continue;
    QPDFObjectHandle value = field.getKey("/V");
    if (!value.isDictionary()) continue;  // a field that nobody signed
    const std::vector<QPDFObjectHandle> range = array_in(value, "/ByteRange").getArrayAsVector();
    if (range.size() != 4 || !value.getKey("/Contents").isString()) throw std::runtime_error("ByteRange");
    FoundSignature one;
    std::transform(range.begin(), range.end(), one.range.begin(), offset_in);
    one.contents = value.getKey("/Contents").getStringValue();
    found.all.push_back(std::move(one));
  }
}

}  // namespace
}  // namespace kp::paper

extern "C" {

void kiemphieu_make_gap(const std::string& pdf, const kp::paper::WantedGap& wanted,
                        kp::paper::MadeGap& made) {
  try {
    kp::paper::make(pdf, wanted, made);
  } catch (const std::exception& error) {
    made.trouble = kp::paper::PagesTrouble::not_readable;
    made.why = error.what();
  }
}

void kiemphieu_find_signatures(const std::string& pdf, kp::paper::FoundSignatures& found) {
  try {
    kp::paper::find(pdf, found);
  } catch (const std::exception& error) {
    found.trouble = kp::paper::PagesTrouble::not_readable;
    found.why = error.what();
  }
}
}
