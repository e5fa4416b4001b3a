// "How far is it?" on standard error, for work over a second, when someone is looking.
#pragma once

#include "sheet/sheet.h"

namespace kp {

/// Purpose: a progress callback that shows "n/of" under `label`; silent when standard error is no terminal.
Progress progress_on_terminal(std::string label);

}  // namespace kp
