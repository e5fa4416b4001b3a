// A dossier from a record: plain files that anyone can verify without us (contract §10).
#pragma once

#include <string>

#include "kiemphieu/session.h"

namespace kp {

/// Purpose: writes the dossier of a record into `folder`, which is made and must not be there yet.
/// In: `with_bundles` false leaves bundles/ out (a public dossier).
/// Promise: exact bytes of everything that came in; nothing else in the folder.
/// Errors: file/… record/…
Done write_dossier(const Session& session, const std::string& folder, bool with_bundles);

}  // namespace kp
