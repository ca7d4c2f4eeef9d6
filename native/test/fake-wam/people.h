// Providers and accounts. The scenario names the accounts: accounts=alice bob, then account.alice.id, .user, .state,
// .kind (organizations or consumers), .prop.<Name>.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "object.h"

namespace fake {

class FakeProvider final : public Object<AccountProvider, AccountProvider2> {
 public:
  FakeProvider(std::wstring id, std::wstring authority) : id_(std::move(id)), authority_(std::move(authority)) {}

  const std::wstring& authority() const { return authority_; }
  bool IsConsumers() const { return authority_ == L"consumers"; }

  HRESULT STDMETHODCALLTYPE get_Id(HSTRING* id) override { return HandOut(id_, id); }
  HRESULT STDMETHODCALLTYPE get_DisplayName(HSTRING* name) override { return HandOut(authority_, name); }
  HRESULT STDMETHODCALLTYPE get_IconUri(IInspectable** uri) override {
    return HandOut(static_cast<IInspectable*>(nullptr), uri);
  }
  HRESULT STDMETHODCALLTYPE get_DisplayPurpose(HSTRING* purpose) override { return HandOut(std::wstring(), purpose); }
  HRESULT STDMETHODCALLTYPE get_Authority(HSTRING* authority) override { return HandOut(authority_, authority); }

 private:
  std::wstring id_;
  std::wstring authority_;
};

class FakeAccount final : public Object<Account, Account2> {
 public:
  FakeAccount(std::wstring name, Ref<FakeProvider> provider) : name_(std::move(name)), provider_(std::move(provider)) {}

  std::wstring id() const;

  HRESULT STDMETHODCALLTYPE get_WebAccountProvider(AccountProvider** provider) override;
  HRESULT STDMETHODCALLTYPE get_UserName(HSTRING* name) override;
  HRESULT STDMETHODCALLTYPE get_State(INT32* state) override;
  HRESULT STDMETHODCALLTYPE get_Id(HSTRING* id) override { return HandOut(this->id(), id); }
  HRESULT STDMETHODCALLTYPE get_Properties(StringMapView** properties) override;
  HRESULT STDMETHODCALLTYPE GetPictureAsync(INT32, IInspectable**) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE SignOutAsync(Action** action) override;
  HRESULT STDMETHODCALLTYPE SignOutWithClientIdAsync(HSTRING clientId, Action** action) override;

 private:
  std::wstring Key(const wchar_t* what) const { return L"account." + name_ + L"." + what; }

  std::wstring name_;
  Ref<FakeProvider> provider_;
};

// The accounts of a provider's kind.
std::vector<Ref<Account>> AccountsOf(const Ref<FakeProvider>& provider);

// By id; null when there is none.
Ref<Account> AccountById(const Ref<FakeProvider>& provider, const std::wstring& id);

// By the scenario's name; null for none.
Ref<Account> AccountByName(const Ref<FakeProvider>& provider, const std::wstring& name);

}  // namespace fake
