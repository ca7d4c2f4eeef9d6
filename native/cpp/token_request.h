#pragma once

#include <memory>

#include "task.h"
#include "values.h"

namespace wam {

// Ends the task with WAM's answer to one token request, silent or with a dialog.
void RequestToken(const std::shared_ptr<Task>& task, std::shared_ptr<const TokenRequest> request);

}  // namespace wam
