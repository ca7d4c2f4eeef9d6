#include "token_request.h"

#include <utility>

#include "accounts.h"
#include "providers.h"
#include "read_values.h"

namespace wam {
namespace {

using RequestPtr = std::shared_ptr<const TokenRequest>;
using ProviderPtr = ComPtr<abi::IWebAccountProvider>;
using AccountPtr = ComPtr<abi::IWebAccount>;

void InsertAll(const ComPtr<abi::IStringMap>& map, const TextMap& entries, const char* step) {
  if (!map) throw Failure::Windows(E_POINTER, step);
  for (const auto& [key, value] : entries) {
    const HString key_string(key);
    const HString value_string(value);
    abi::Boolean replaced = 0;
    Check(map->Insert(key_string.Get(), value_string.Get(), &replaced), step);
  }
}

void SetCorrelationId(const ComPtr<abi::IWebTokenRequest>& request, const Text& id) {
  const auto with_correlation = request.TryAs<abi::IWebTokenRequest3>();
  if (!with_correlation) return;  // Only a help for support; a Windows without it is no reason to fail.
  const HString value(id);
  Check(with_correlation->put_CorrelationId(value.Get()), "WebTokenRequest.CorrelationId");
}

ComPtr<abi::IWebTokenRequest> CreateRequest(Classes& classes, const TokenRequest& values, const ProviderPtr& provider) {
  static constexpr char kCreate[] = "WebTokenRequest.CreateWithPromptType";
  static constexpr char kProperties[] = "WebTokenRequest.Properties";
  static constexpr char kAppProperties[] = "WebTokenRequest.AppProperties";
  const auto& factory = classes.RequestFactory();
  const HString scope(values.scope);
  const HString client_id(values.client_id);
  ComPtr<abi::IWebTokenRequest> request;
  Check(factory->CreateWithPromptType(provider.Get(), scope.Get(), client_id.Get(), values.prompt_type, request.Put()),
        kCreate);
  if (!request) throw Failure::Windows(E_POINTER, kCreate);

  InsertAll(ReadObject<abi::IStringMap>(request.Get(), &abi::IWebTokenRequest::get_Properties, kProperties),
            values.properties, kProperties);
  if (!values.app_properties.empty()) {
    const auto with_app = request.As<abi::IWebTokenRequest2>(kAppProperties);
    InsertAll(ReadObject<abi::IStringMap>(with_app.Get(), &abi::IWebTokenRequest2::get_AppProperties, kAppProperties),
              values.app_properties, kAppProperties);
  }
  if (values.correlation_id) SetCorrelationId(request, *values.correlation_id);
  return request;
}

struct Started {
  ComPtr<abi::TokenOperation> operation;
  const char* step;
};

Started StartSilent(Classes& classes, const ComPtr<abi::IWebTokenRequest>& request, const AccountPtr& account) {
  Started started{nullptr, account ? "GetTokenSilentlyWithWebAccountAsync" : "GetTokenSilentlyAsync"};
  const auto& manager = classes.Manager();
  Check(account ? manager->GetTokenSilentlyWithWebAccountAsync(request.Get(), account.Get(), started.operation.Put())
                : manager->GetTokenSilentlyAsync(request.Get(), started.operation.Put()),
        started.step);
  return started;
}

Started StartForWindow(Classes& classes, const ComPtr<abi::IWebTokenRequest>& request, const AccountPtr& account,
                       HWND window) {
  Started started{nullptr, account ? "RequestTokenWithWebAccountForWindowAsync" : "RequestTokenForWindowAsync"};
  const auto manager = classes.Manager().As<abi::IWebAuthenticationCoreManagerInterop>(started.step);
  const IID& id = abi::TokenOperation::kIid;
  void** operation = started.operation.PutVoid();
  Check(account ? manager->RequestTokenWithWebAccountForWindowAsync(window, request.Get(), account.Get(), id, operation)
                : manager->RequestTokenForWindowAsync(window, request.Get(), id, operation),
        started.step);
  return started;
}

void Ask(const std::shared_ptr<Task>& task, const RequestPtr& values, const ProviderPtr& provider,
         const AccountPtr& account, bool invalidate) {
  Classes& classes = task->classes();
  const auto request = CreateRequest(classes, *values, provider);
  const auto started = values->silent ? StartSilent(classes, request, account)
                                      : StartForWindow(classes, request, account, values->window);
  task->Await(started.operation, started.step,
              [=, step = started.step](const ComPtr<abi::IWebTokenRequestResult>& result) {
                if (!result) throw Failure::Windows(E_POINTER, step);
                RequestResult answer = ReadResult(result);
                if (!invalidate || answer.status != 0) return task->Finish(std::move(answer));
                static constexpr char kInvalidate[] = "InvalidateCacheAsync";
                ComPtr<abi::IAsyncAction> action;
                Check(result->InvalidateCacheAsync(action.Put()), kInvalidate);
                task->Await(action, kInvalidate, [=] { Ask(task, values, provider, account, false); });
              });
}

}  // namespace

void RequestToken(const std::shared_ptr<Task>& task, std::shared_ptr<const TokenRequest> request) {
  FindProvider(task, request->provider, [task, request](const ProviderPtr& provider) {
    const bool invalidate = request->silent && request->invalidate_first;
    if (!request->account_id) return Ask(task, request, provider, nullptr, invalidate);
    FindWebAccount(task, provider, *request->account_id, [=](const AccountPtr& account) {
      if (!account) throw Failure::AccountNotFound("FindAccountAsync");
      Ask(task, request, provider, account, invalidate);
    });
  });
}

}  // namespace wam
