// Looking at what happened, in a record or in a dossier, without changing it.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "proceedings/reading.h"
#include "record/tree.h"

namespace kp {

/// Entries and files of a record (*.kp) or of a dossier (a folder).
class RecordView {
 public:
  /// Purpose: opens either. Errors: those of Session::open, of read_file, and of replay
  static Result<RecordView> open(const std::string& path);

  [[nodiscard]] const std::vector<std::string>& entries() const { return entries_; }
  [[nodiscard]] const History& history() const { return history_; }
  [[nodiscard]] const Tree& tree() const { return tree_; }
  [[nodiscard]] const std::string& congress_bytes() const { return congress_; }
  /// Fetches a bundle; a public dossier has none.
  [[nodiscard]] const FetchBundle& fetch() const { return fetch_; }
  [[nodiscard]] bool has_ballots() const { return has_ballots_; }

 private:
  RecordView(std::vector<std::string> entries, std::string congress, History history, FetchBundle fetch);

  std::vector<std::string> entries_;
  std::string congress_;  ///< the bytes of congress.json
  History history_;
  Tree tree_;
  FetchBundle fetch_;
  bool has_ballots_ = true;
};

/// Purpose: id, size and root (hex) of the record as it is now.
Json head_json(const RecordView& view);
std::string root_text(const RecordView& view, Language language);

}  // namespace kp
