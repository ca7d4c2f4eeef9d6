#include "accounts.h"

#include <optional>
#include <utility>

#include "providers.h"
#include "read_values.h"

namespace wam {

void FindWebAccount(const std::shared_ptr<Task>& task, const ComPtr<abi::IWebAccountProvider>& provider,
                    const Text& account_id, std::function<void(ComPtr<abi::IWebAccount>)> next) {
  static constexpr char kStep[] = "FindAccountAsync";
  const HString id(account_id);
  ComPtr<abi::AccountOperation> operation;
  Check(task->classes().Manager()->FindAccountAsync(provider.Get(), id.Get(), operation.Put()), kStep);
  task->Await(operation, kStep, std::move(next));
}

void ListAccounts(const std::shared_ptr<Task>& task, const ProviderName& name, const Text& client_id) {
  static constexpr char kStep[] = "FindAllAccountsWithClientIdAsync";
  FindProvider(task, name, [task, client_id](const ComPtr<abi::IWebAccountProvider>& provider) {
    const HString client(client_id);
    ComPtr<abi::FindAllOperation> operation;
    const auto manager = task->classes().Manager().As<abi::IWebAuthenticationCoreManagerStatics4>(kStep);
    Check(manager->FindAllAccountsWithClientIdAsync(provider.Get(), client.Get(), operation.Put()), kStep);
    task->Await(operation, kStep, [task](const ComPtr<abi::IFindAllAccountsResult>& result) {
      if (!result) throw Failure::Windows(E_POINTER, kStep);
      task->Finish(ReadList(result));
    });
  });
}

void FindAccount(const std::shared_ptr<Task>& task, const ProviderName& name, const Text& account_id) {
  FindProvider(task, name, [task, account_id](const ComPtr<abi::IWebAccountProvider>& provider) {
    FindWebAccount(task, provider, account_id, [task](const ComPtr<abi::IWebAccount>& account) {
      task->Finish(account ? std::optional(ReadAccount(account)) : std::nullopt);
    });
  });
}

void SignOut(const std::shared_ptr<Task>& task, const ProviderName& name, const Text& account_id,
             const Text& client_id) {
  static constexpr char kStep[] = "SignOutWithClientIdAsync";
  FindProvider(task, name, [task, account_id, client_id](const ComPtr<abi::IWebAccountProvider>& provider) {
    FindWebAccount(task, provider, account_id, [task, client_id](const ComPtr<abi::IWebAccount>& account) {
      if (!account) return task->Finish(SignedOut{false});
      const HString client(client_id);
      ComPtr<abi::IAsyncAction> action;
      Check(account.As<abi::IWebAccount2>(kStep)->SignOutWithClientIdAsync(client.Get(), action.Put()), kStep);
      task->Await(action, kStep, [task] { task->Finish(SignedOut{true}); });
    });
  });
}

}  // namespace wam
