// Windows's own pane in which a person chooses a kind of account.
#pragma once

#include <windows.h>

#include <memory>
#include <vector>

#include "task.h"
#include "values.h"

namespace wam {

// Offers one row per kind, in this order. Ends the task with the chosen kind, or with none when the pane was closed.
void PickProvider(const std::shared_ptr<Task>& task, HWND owner, std::vector<AccountKind> kinds);

}  // namespace wam
