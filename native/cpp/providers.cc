#include "providers.h"

#include <optional>

namespace wam {
namespace {

constexpr wchar_t kDefaultProvider[] = L"https://login.windows.local";
constexpr char kFindProvider[] = "FindAccountProviderWithAuthorityAsync";
constexpr char16_t kConsumers[] = u"consumers";

AccountKind KindOf(const ComPtr<abi::IWebAccountProvider>& provider) {
  auto with_authority = provider.As<abi::IWebAccountProvider2>("IWebAccountProvider2");
  const Text authority = ReadText(with_authority.Get(), &abi::IWebAccountProvider2::get_Authority,
                                  "WebAccountProvider.Authority");
  return authority == kConsumers ? AccountKind::Consumers : AccountKind::Organizations;
}

}  // namespace

void FindProviderIfAny(const std::shared_ptr<Task>& task, const ProviderName& name,
                       std::function<void(ComPtr<abi::IWebAccountProvider>)> next) {
  const HString id(name.id);
  const HString authority(name.authority);
  ComPtr<abi::ProviderOperation> operation;
  Check(task->classes().Manager()->FindAccountProviderWithAuthorityAsync(id.Get(), authority.Get(), operation.Put()),
        kFindProvider);
  task->Await(operation, kFindProvider, std::move(next));
}

void FindProvider(const std::shared_ptr<Task>& task, const ProviderName& name,
                  std::function<void(ComPtr<abi::IWebAccountProvider>)> next) {
  FindProviderIfAny(task, name, [next = std::move(next)](ComPtr<abi::IWebAccountProvider> provider) {
    if (!provider) throw Failure::ProviderNotFound(kFindProvider);
    next(std::move(provider));
  });
}

void FindDefaultAccountKind(const std::shared_ptr<Task>& task) {
  static constexpr char kStep[] = "FindAccountProviderAsync";
  const HString id(kDefaultProvider, std::size(kDefaultProvider) - 1);
  ComPtr<abi::ProviderOperation> operation;
  Check(task->classes().Manager()->FindAccountProviderAsync(id.Get(), operation.Put()), kStep);
  task->Await(operation, kStep, [task](const ComPtr<abi::IWebAccountProvider>& provider) {
    task->Finish(provider ? std::optional(KindOf(provider)) : std::nullopt);
  });
}

}  // namespace wam
