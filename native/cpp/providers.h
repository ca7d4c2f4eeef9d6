// The providers that the manager knows.
#pragma once

#include <functional>
#include <memory>

#include "com.h"
#include "task.h"
#include "values.h"
#include "wam_abi.h"

namespace wam {

// Goes on with the provider, or with none where WAM has none.
void FindProviderIfAny(const std::shared_ptr<Task>& task, const ProviderName& name,
                       std::function<void(ComPtr<abi::IWebAccountProvider>)> next);

// Goes on with the provider; throws a Failure when WAM has none.
void FindProvider(const std::shared_ptr<Task>& task, const ProviderName& name,
                  std::function<void(ComPtr<abi::IWebAccountProvider>)> next);

// Ends the task with the kind of the account that Windows is signed in with.
void FindDefaultAccountKind(const std::shared_ptr<Task>& task);

}  // namespace wam
