// An entry of the record in a few words.
#pragma once

#include <string>
#include <string_view>

#include "proceedings/entry.h"

namespace kp {

/// Purpose: an entry's kind as people say it, and its body in a few words. Never shows votes.
Text spoken_kind(std::string_view kind);
std::string entry_detail(const Entry& entry, Language language);

}  // namespace kp
