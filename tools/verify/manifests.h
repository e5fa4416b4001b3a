// The manifests: what the bundles' `bundle` entries say must stand in them, and their signatures must hold.
#pragma once

#include "contest/congress.h"
#include "verify/dossier.h"
#include "verify/faults.h"
#include "verify/survey.h"

namespace kp::verify {

/// Purpose: checks every manifest that the record names against its digest, its form, its entries and its
/// signers. In: `congress_id` "" when the definition cannot be read. Promise: one manifest at a time. Errors:
/// dossier/missing-file dossier/digest dossier/manifest-… json/… schema/… (manifests/….json#pointer),
///         signature/bad manifest/… into `faults`.
/// Cost: linear in the manifests and the passes.
void check_manifests(Dossier& dossier, const Survey& survey, const std::string& congress_id, Faults& faults);

}  // namespace kp::verify
