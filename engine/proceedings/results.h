// The acts that end a contest and an evening: a result, a signature on it, the closing of the record.
#pragma once

#include <string>

#include "proceedings/act.h"

namespace kp {

/// Purpose: enters a result. In: `result` as sheet/ made it, for this contest and this very record.
Act enter_result(const ContestHistory& contest, const Json& result, const std::string& sha256, People by);

/// Purpose: files a signature on the standing result.
/// In: `p7s`, the whole file after this signer, already checked against the result's bytes.
/// Errors: result/none seal/other-result
Result<Act> file_signature(const ContestHistory& contest, const std::string& result_sha256,
                           const std::string& certificate, std::string_view p7s, People by);

/// Purpose: ends the record; nothing follows. In: `notes` takes a warning for each contest without a result.
Act close(const History& history, People by, Findings& notes);

}  // namespace kp
