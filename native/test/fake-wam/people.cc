#include "people.h"

#include "collections.h"
#include "operation.h"

namespace fake {

std::wstring FakeAccount::id() const { return Setting(Key(L"id"), (name_ + L"-id").c_str()); }

HRESULT FakeAccount::get_WebAccountProvider(AccountProvider** provider) { return HandOut(provider_.Get(), provider); }

HRESULT FakeAccount::get_UserName(HSTRING* name) {
  return HandOut(Setting(Key(L"user"), (name_ + L"@contoso.example").c_str()), name);
}

HRESULT FakeAccount::get_State(INT32* state) {
  *state = static_cast<INT32>(NumberSetting(Key(L"state"), 1));
  return S_OK;
}

HRESULT FakeAccount::get_Properties(StringMapView** properties) {
  return HandOut(Make<MapView>(SettingsBelow(Key(L"prop."))).Get(), properties);
}

HRESULT FakeAccount::SignOutAsync(Action** action) {
  const Plan plan(L"signOut");
  Entry("SignOutAsync").Add("account", id());
  return HandOut(Make<ActionOf>(plan).Get(), action);
}

HRESULT FakeAccount::SignOutWithClientIdAsync(HSTRING clientId, Action** action) {
  const Plan plan(L"signOut");
  Entry("SignOutWithClientIdAsync").Add("account", id()).Add("clientId", clientId);
  if (const HRESULT failure = Enter("SignOutWithClientIdAsync"); FAILED(failure)) return failure;
  return HandOut(Make<ActionOf>(plan).Get(), action);
}

std::vector<Ref<Account>> AccountsOf(const Ref<FakeProvider>& provider) {
  std::vector<Ref<Account>> accounts;
  const std::wstring kind = provider->IsConsumers() ? L"consumers" : L"organizations";
  for (const auto& name : WordsSetting(L"accounts")) {
    if (Setting(L"account." + name + L".kind", L"organizations") == kind) {
      accounts.push_back(Ref<Account>(Make<FakeAccount>(name, provider).Get()));
    }
  }
  return accounts;
}

Ref<Account> AccountById(const Ref<FakeProvider>& provider, const std::wstring& id) {
  for (const auto& account : AccountsOf(provider)) {
    if (static_cast<FakeAccount*>(account.Get())->id() == id) return account;
  }
  return {};
}

Ref<Account> AccountByName(const Ref<FakeProvider>& provider, const std::wstring& name) {
  if (name.empty() || name == L"none") return {};
  return Ref<Account>(Make<FakeAccount>(name, provider).Get());
}

}  // namespace fake
