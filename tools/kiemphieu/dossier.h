// A dossier from a record: plain files that anyone can verify without us (contract §10).
#pragma once

#include <string>

#include "kiemphieu/session.h"

namespace kp {

/// How a dossier is written.
struct DossierForm {
  bool with_bundles = true;  ///< false leaves bundles/ out (a public dossier)
  bool with_minutes = true;
  Language language = Language::vi;  ///< of the minutes
};

/// Purpose: writes the dossier of a record into `folder`, which is made and must not be there yet.
/// In: `notes` takes warnings: paper/character.
/// Promise: exact bytes of everything that came in, minutes of every standing result, nothing else in the
/// folder. Errors: file/… record/…
Done write_dossier(const Session& session, const std::string& folder, const DossierForm& form,
                   Findings& notes);

}  // namespace kp
