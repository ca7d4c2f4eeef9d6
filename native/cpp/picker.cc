#include "picker.h"

#include <optional>
#include <thread>
#include <utility>

#include "accounts_pane.h"
#include "providers.h"

namespace wam {
namespace {

constexpr char16_t kProvider[] = u"https://login.microsoft.com";

// Finds the providers one after the other, because the pane wants all its rows at once.
void CollectRows(const std::shared_ptr<Task>& task, HWND owner, std::vector<AccountKind> kinds,
                 std::vector<PaneRow> rows) {
  if (kinds.empty()) {
    if (rows.empty()) throw Failure::ProviderNotFound("FindAccountProviderWithAuthorityAsync");
    auto pane = std::make_shared<AccountsPane>(owner, std::move(rows));
    task->OnCancel([pane] { pane->Close(); });
    std::thread([task, pane] {
      auto outcome = pane->Show();
      try {
        task->Post([task, outcome = std::move(outcome)] { task->Finish(outcome); });
      } catch (...) {  // Without memory for the job nobody can be told; the thread is no reason to end the process.
      }
    }).detach();
    return;
  }
  const AccountKind kind = kinds.front();
  kinds.erase(kinds.begin());
  const ProviderName name{kProvider, kind == AccountKind::Consumers ? u"consumers" : u"organizations"};
  FindProviderIfAny(task, name,
                    [task, owner, kind, kinds = std::move(kinds),
                     rows = std::move(rows)](ComPtr<abi::IWebAccountProvider> provider) mutable {
                      // A kind that this Windows does not have is no reason to refuse the other.
                      if (provider) rows.push_back({kind, std::move(provider)});
                      CollectRows(task, owner, std::move(kinds), std::move(rows));
                    });
}

}  // namespace

void PickProvider(const std::shared_ptr<Task>& task, HWND owner, std::vector<AccountKind> kinds) {
  CollectRows(task, owner, std::move(kinds), {});
}

}  // namespace wam
