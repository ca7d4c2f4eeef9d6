#include "manager.h"

#include "apartment.h"
#include "operation.h"

namespace fake {
namespace {

Ref<AccountProvider> NoProvider() { return {}; }

}  // namespace

HRESULT ManagerFactory::GetTokenSilentlyAsync(TokenRequest* request, TokenOperation** operation) {
  return Ask("GetTokenSilentlyAsync", nullptr, request, nullptr, operation);
}

HRESULT ManagerFactory::GetTokenSilentlyWithWebAccountAsync(TokenRequest* request, Account* account,
                                                            TokenOperation** operation) {
  return Ask("GetTokenSilentlyWithWebAccountAsync", nullptr, request, account, operation);
}

HRESULT ManagerFactory::RequestTokenForWindowAsync(HWND window, IInspectable* request, REFIID id, void** operation) {
  if (!IsEqualGUID(id, TokenOperation::id)) Violation("a window request for the result " + GuidText(id));
  return Ask("RequestTokenForWindowAsync", window, request, nullptr, reinterpret_cast<TokenOperation**>(operation));
}

HRESULT ManagerFactory::RequestTokenWithWebAccountForWindowAsync(HWND window, IInspectable* request,
                                                                 IInspectable* account, REFIID id, void** operation) {
  if (!IsEqualGUID(id, TokenOperation::id)) Violation("a window request for the result " + GuidText(id));
  if (account == nullptr) Violation("a window request without the account that its name promises");
  return Ask("RequestTokenWithWebAccountForWindowAsync", window, request, account,
             reinterpret_cast<TokenOperation**>(operation));
}

HRESULT ManagerFactory::Ask(const char* call, HWND window, IInspectable* request, IInspectable* account,
                            TokenOperation** operation) {
  ExpectApartment("mta", call);
  const auto own = Unwrap<TokenRequest, FakeRequest>(request);
  if (!own) return E_INVALIDARG;
  const auto own_account = Unwrap<Account, FakeAccount>(account);
  const Plan plan(L"token");
  {
    Entry entry(call);
    own->Write(entry);
    if (own_account) entry.Add("account", own_account->id());
    if (window != nullptr) entry.Add("window", static_cast<long long>(reinterpret_cast<INT_PTR>(window)));
  }
  if (window != nullptr && !IsWindow(window)) Violation("a window request for no window");
  return Begin<TokenOperation, TokenHandler, TokenResult>(call, plan, AnswerTo(own), operation);
}

HRESULT ManagerFactory::FindAccountAsync(AccountProvider* provider, HSTRING id, AccountOperation** operation) {
  ExpectApartment("mta", "FindAccountAsync");
  const auto own = Unwrap<AccountProvider, FakeProvider>(provider);
  if (!own) return E_INVALIDARG;
  const Plan plan(L"findAccount");
  Entry("FindAccountAsync").Add("authority", own->authority()).Add("id", id);
  return Begin<AccountOperation, AccountHandler, Account>("FindAccountAsync", plan, AccountById(own, ToWide(id)), operation);
}

HRESULT ManagerFactory::FindAccountProviderAsync(HSTRING id, ProviderOperation** operation) {
  ExpectApartment("mta", "FindAccountProviderAsync");
  const Plan plan(L"defaultProvider");
  Entry("FindAccountProviderAsync").Add("id", id);
  const std::wstring kind = Setting(L"default", L"none");
  const auto provider = kind == L"none" ? NoProvider() : Ref<AccountProvider>(Make<FakeProvider>(ToWide(id), kind).Get());
  return Begin<ProviderOperation, ProviderHandler, AccountProvider>("FindAccountProviderAsync", plan, provider, operation);
}

HRESULT ManagerFactory::FindAccountProviderWithAuthorityAsync(HSTRING id, HSTRING authority,
                                                              ProviderOperation** operation) {
  ExpectApartment("mta", "FindAccountProviderWithAuthorityAsync");
  const Plan plan(L"provider");
  Entry("FindAccountProviderWithAuthorityAsync").Add("id", id).Add("authority", authority);
  // provider.without=consumers: this Windows has no provider for that authority.
  const auto without = Setting(L"provider.without");
  const bool missing = without && *without == ToWide(authority);
  const Ref<AccountProvider> provider =
      missing ? NoProvider() : Ref<AccountProvider>(Make<FakeProvider>(ToWide(id), ToWide(authority)).Get());
  return Begin<ProviderOperation, ProviderHandler, AccountProvider>("FindAccountProviderWithAuthorityAsync",
                                                                    plan, provider, operation);
}

HRESULT ManagerFactory::FindAllAccountsWithClientIdAsync(AccountProvider* provider, HSTRING clientId,
                                                         FindAllOperation** operation) {
  ExpectApartment("mta", "FindAllAccountsWithClientIdAsync");
  const auto own = Unwrap<AccountProvider, FakeProvider>(provider);
  if (!own) return E_INVALIDARG;
  const Plan plan(L"findAll");
  Entry("FindAllAccountsWithClientIdAsync").Add("authority", own->authority()).Add("clientId", clientId);
  return Begin<FindAllOperation, FindAllHandler, FindAllResult>("FindAllAccountsWithClientIdAsync", plan, AccountsAnswer(own), operation);
}

bool ManagerFactory::IsHidden(REFIID id) const {
  return (IsEqualGUID(id, Manager4::id) && SettingHas(L"without", L"Manager4")) ||
         (IsEqualGUID(id, ManagerInterop::id) && SettingHas(L"without", L"ManagerInterop"));
}

}  // namespace fake
