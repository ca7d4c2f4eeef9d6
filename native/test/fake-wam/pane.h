// AccountsSettingsPane. The scenario says what the person does: pane.choose = organizations, consumers or none.
#pragma once

#include "object.h"

namespace fake {

class PaneFactory final : public Object<PaneInterop, ActivationFactory> {
 public:
  HRESULT STDMETHODCALLTYPE GetForWindow(HWND window, REFIID id, void** pane) override;
  HRESULT STDMETHODCALLTYPE ShowManageAccountsForWindowAsync(HWND, REFIID, void**) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE ShowAddAccountForWindowAsync(HWND window, REFIID id, void** action) override;
  HRESULT STDMETHODCALLTYPE ActivateInstance(IInspectable**) override { return E_NOTIMPL; }

 private:
  FactoryMark mark_;
};

class PaneCommandFactory final : public Object<CommandFactory, ActivationFactory> {
 public:
  HRESULT STDMETHODCALLTYPE CreateWebAccountProviderCommand(AccountProvider* provider, CommandHandler* handler,
                                                            Command** command) override;
  HRESULT STDMETHODCALLTYPE ActivateInstance(IInspectable**) override { return E_NOTIMPL; }

 private:
  FactoryMark mark_;
};

}  // namespace fake
