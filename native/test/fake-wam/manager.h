// WebAuthenticationCoreManager. The scenario says which account Windows is signed in with: default=organizations,
// consumers or none.
#pragma once

#include "object.h"
#include "people.h"
#include "tokens.h"

namespace fake {

class ManagerFactory final : public Object<Manager, Manager4, ManagerInterop, ActivationFactory> {
 public:
  HRESULT STDMETHODCALLTYPE GetTokenSilentlyAsync(TokenRequest* request, TokenOperation** operation) override;
  HRESULT STDMETHODCALLTYPE GetTokenSilentlyWithWebAccountAsync(TokenRequest* request, Account* account,
                                                                TokenOperation** operation) override;
  HRESULT STDMETHODCALLTYPE RequestTokenAsync(TokenRequest*, TokenOperation**) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE RequestTokenWithWebAccountAsync(TokenRequest*, Account*, TokenOperation**) override {
    return E_NOTIMPL;
  }
  HRESULT STDMETHODCALLTYPE FindAccountAsync(AccountProvider* provider, HSTRING id,
                                             AccountOperation** operation) override;
  HRESULT STDMETHODCALLTYPE FindAccountProviderAsync(HSTRING id, ProviderOperation** operation) override;
  HRESULT STDMETHODCALLTYPE FindAccountProviderWithAuthorityAsync(HSTRING id, HSTRING authority,
                                                                  ProviderOperation** operation) override;

  HRESULT STDMETHODCALLTYPE FindAllAccountsAsync(AccountProvider*, FindAllOperation**) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE FindAllAccountsWithClientIdAsync(AccountProvider* provider, HSTRING clientId,
                                                             FindAllOperation** operation) override;
  HRESULT STDMETHODCALLTYPE FindSystemAccountProviderAsync(HSTRING, ProviderOperation**) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE FindSystemAccountProviderWithAuthorityAsync(HSTRING, HSTRING,
                                                                        ProviderOperation**) override {
    return E_NOTIMPL;
  }
  HRESULT STDMETHODCALLTYPE FindSystemAccountProviderWithAuthorityForUserAsync(HSTRING, HSTRING, IUnknown*,
                                                                               ProviderOperation**) override {
    return E_NOTIMPL;
  }

  HRESULT STDMETHODCALLTYPE RequestTokenForWindowAsync(HWND window, IInspectable* request, REFIID id,
                                                       void** operation) override;
  HRESULT STDMETHODCALLTYPE RequestTokenWithWebAccountForWindowAsync(HWND window, IInspectable* request,
                                                                     IInspectable* account, REFIID id,
                                                                     void** operation) override;

  HRESULT STDMETHODCALLTYPE ActivateInstance(IInspectable**) override { return E_NOTIMPL; }

 protected:
  bool IsHidden(REFIID id) const override;

 private:
  FactoryMark mark_;

  HRESULT Ask(const char* call, HWND window, IInspectable* request, IInspectable* account, TokenOperation** operation);
};

}  // namespace fake
