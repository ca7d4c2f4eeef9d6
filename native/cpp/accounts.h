// What can be done with the accounts that a provider knows.
#pragma once

#include <functional>
#include <memory>

#include "task.h"
#include "values.h"

namespace wam {

// Goes on with the account; null when WAM no longer knows it.
void FindWebAccount(const std::shared_ptr<Task>& task, const ComPtr<abi::IWebAccountProvider>& provider,
                    const Text& account_id, std::function<void(ComPtr<abi::IWebAccount>)> next);

void ListAccounts(const std::shared_ptr<Task>& task, const ProviderName& name, const Text& client_id);

void FindAccount(const std::shared_ptr<Task>& task, const ProviderName& name, const Text& account_id);

void SignOut(const std::shared_ptr<Task>& task, const ProviderName& name, const Text& account_id,
             const Text& client_id);

}  // namespace wam
