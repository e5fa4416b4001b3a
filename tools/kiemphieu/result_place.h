// Where `result` puts its file: an older result there, and its signatures, are kept.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace kp {

/// Purpose: makes way at `path` for the result `bytes`: another file there, and a `.p7s` beside it that does
/// not sign `bytes`, get a name with the first eight digits of a digest: X.json becomes X-1a2b3c4d.json.
/// After a result was reopened the new one can so be signed in the same folder. Returns: the new name of what
/// was moved; "" when nothing was in the way. Errors: file/unreadable file/too-large file/exists (where = the
/// new name) file/not-written
Result<std::string> make_way(const std::string& path, std::string_view bytes);

}  // namespace kp
