#include "kiemphieu/dossier.h"

#include <filesystem>
#include <set>

#include "base/canon.h"
#include "base/digest.h"
#include "base/file.h"
#include "kiemphieu/minutes_pages.h"

namespace kp {
namespace {

/// The digests that the record's bundles name, each once.
struct Named {
  std::set<std::string> manifests;
  std::set<std::string> bundles;
};

Named named_by(const History& history) {
  Named named;
  for (const ContestHistory& contest : history.contests) {
    for (const auto& [bundle, passes] : contest.bundles) {
      for (const auto& [number, pass] : passes) {
        named.manifests.insert(pass.manifest);
        named.bundles.insert(pass.sha256);
      }
    }
  }
  return named;
}

/// Writes files under one folder and stops at the first that cannot be written.
class Writer {
 public:
  Writer(const Session& session, std::string folder, const DossierForm& form, Findings& notes)
      : session_(session), folder_(std::move(folder)), form_(form), notes_(notes) {}

  Done file(const std::string& name, std::string_view bytes) {
    const std::string path = folder_ + "/" + name;
    if (Done made = make_folder(std::filesystem::path(path).parent_path().string()); !made) return made;
    return write_file(path, bytes);
  }

  Done blob(const std::string& name, const std::string& sha256) {
    const Result<std::string> bytes = session_.record().blob(sha256);
    if (!bytes) return bytes.findings();
    return file(name, *bytes);
  }

  Done record() {
    std::string lines;
    for (const std::string& entry : session_.entries()) lines += entry + "\n";
    if (Done written = file("record.jsonl", lines); !written) return written;
    const bool practice = session_.history().congress.purpose == Purpose::practice;
    return file("checkpoint.txt", checkpoint_text(practice ? "kiemphieu-practice" : "kiemphieu",
                                                  session_.history().record_id, session_.tree()));
  }

  Done manifest(const std::string& sha256) {
    const std::string name = "manifests/" + sha256 + ".json";
    if (Done written = blob(name, sha256); !written) return written;
    const Result<std::string> p7s = session_.record().beside(sha256);
    if (!p7s) return p7s.findings();
    return p7s->empty() ? done() : file(name + ".p7s", *p7s);
  }

  Done result(const ContestHistory& contest) {
    const ResultEntry* standing = contest.standing();
    if (standing == nullptr) return done();
    const std::string name = "results/" + contest.contest.id + ".json";
    if (Done written = file(name, canonical(standing->result)); !written) return written;
    if (form_.with_minutes) {
      if (Done written = minutes("results/" + contest.contest.id + ".pdf", *standing); !written)
        return written;
    }
    if (standing->signatures.empty()) return done();
    return file(name + ".p7s", from_base64(standing->signatures.back().p7s).value_or(""));
  }

 private:
  Done minutes(const std::string& name, const ResultEntry& standing) {
    const Result<std::string> congress = session_.record().blob(session_.history().congress_sha256);
    if (!congress) return congress.findings();
    const Result<Before> before = record_before(standing, {session_.entries(), *congress});
    if (!before) return before.findings();
    const Result<paper::Rendered> pages = minutes_pages(standing, *before, paper_language(form_.language));
    if (!pages) {
      Findings why = pages.findings();
      why.push_back(finding(Code::minutes_not_in_dossier, name));
      return why;
    }
    add(notes_, pages->notes);
    return file(name, pages->pdf);
  }

  const Session& session_;
  std::string folder_;
  const DossierForm& form_;
  Findings& notes_;
};

}  // namespace

Done write_dossier(const Session& session, const std::string& folder, const DossierForm& form,
                   Findings& notes) {
  const History& history = session.history();
  const Named named = named_by(history);
  Writer writer(session, folder, form, notes);
  if (Done written = writer.blob("congress.json", history.congress_sha256); !written) return written;
  if (Done written = writer.record(); !written) return written;
  for (const std::string& manifest : named.manifests) {
    if (Done written = writer.manifest(manifest); !written) return written;
  }
  for (const std::string& bundle : named.bundles) {
    if (!form.with_bundles) break;
    if (Done written = writer.blob("bundles/" + bundle + ".csv", bundle); !written) return written;
  }
  for (const ContestHistory& contest : history.contests) {
    if (Done written = writer.result(contest); !written) return written;
  }
  return done();
}

}  // namespace kp
