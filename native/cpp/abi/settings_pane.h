// Windows.UI.ApplicationSettings: the pane in which a person chooses a kind of account.
#pragma once

#include "credentials.h"

namespace wam::abi {

struct IWebAccountProviderCommand : IInspectable {
  static constexpr GUID kIid = iid::IWebAccountProviderCommand;
  virtual HRESULT STDMETHODCALLTYPE get_WebAccountProvider(IWebAccountProvider** value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Invoked(IUnknown** value) = 0;
};

struct IWebAccountProviderCommandInvokedHandler : IUnknown {
  static constexpr GUID kIid = iid::WebAccountProviderCommandInvokedHandler;
  virtual HRESULT STDMETHODCALLTYPE Invoke(IWebAccountProviderCommand* command) = 0;
};

struct IWebAccountProviderCommandFactory : IInspectable {
  static constexpr GUID kIid = iid::IWebAccountProviderCommandFactory;
  virtual HRESULT STDMETHODCALLTYPE CreateWebAccountProviderCommand(IWebAccountProvider* provider,
                                                                    IWebAccountProviderCommandInvokedHandler* invoked,
                                                                    IWebAccountProviderCommand** command) = 0;
};

struct IWebAccountProviderCommandVector : IInspectable {
  static constexpr GUID kIid = iid::IVector_WebAccountProviderCommand;
  virtual HRESULT STDMETHODCALLTYPE GetAt(uint32_t index, IWebAccountProviderCommand** item) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Size(uint32_t* size) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetView(void** view) = 0;
  virtual HRESULT STDMETHODCALLTYPE IndexOf(IWebAccountProviderCommand* item, uint32_t* index, Boolean* found) = 0;
  virtual HRESULT STDMETHODCALLTYPE SetAt(uint32_t index, IWebAccountProviderCommand* item) = 0;
  virtual HRESULT STDMETHODCALLTYPE InsertAt(uint32_t index, IWebAccountProviderCommand* item) = 0;
  virtual HRESULT STDMETHODCALLTYPE RemoveAt(uint32_t index) = 0;
  virtual HRESULT STDMETHODCALLTYPE Append(IWebAccountProviderCommand* item) = 0;
  virtual HRESULT STDMETHODCALLTYPE RemoveAtEnd() = 0;
  virtual HRESULT STDMETHODCALLTYPE Clear() = 0;
};

struct IAccountsSettingsPaneEventDeferral : IInspectable {
  static constexpr GUID kIid = iid::IAccountsSettingsPaneEventDeferral;
  virtual HRESULT STDMETHODCALLTYPE Complete() = 0;
};

struct IAccountsSettingsPaneCommandsRequestedEventArgs : IInspectable {
  static constexpr GUID kIid = iid::IAccountsSettingsPaneCommandsRequestedEventArgs;
  virtual HRESULT STDMETHODCALLTYPE get_WebAccountProviderCommands(IWebAccountProviderCommandVector** value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_WebAccountCommands(void** value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_CredentialCommands(void** value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Commands(void** value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_HeaderText(HSTRING* value) = 0;
  virtual HRESULT STDMETHODCALLTYPE put_HeaderText(HSTRING value) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetDeferral(IAccountsSettingsPaneEventDeferral** deferral) = 0;
};

struct IAccountsSettingsPane;

struct IAccountCommandsRequestedHandler : IUnknown {
  static constexpr GUID kIid =
      iid::TypedEventHandler_AccountsSettingsPane_AccountsSettingsPaneCommandsRequestedEventArgs;
  virtual HRESULT STDMETHODCALLTYPE Invoke(IAccountsSettingsPane* pane,
                                           IAccountsSettingsPaneCommandsRequestedEventArgs* args) = 0;
};

// WinRT's EventRegistrationToken: a struct of one 64-bit number, passed by value.
struct EventToken {
  int64_t value;
};

struct IAccountsSettingsPane : IInspectable {
  static constexpr GUID kIid = iid::IAccountsSettingsPane;
  virtual HRESULT STDMETHODCALLTYPE add_AccountCommandsRequested(IAccountCommandsRequestedHandler* handler,
                                                                 EventToken* token) = 0;
  virtual HRESULT STDMETHODCALLTYPE remove_AccountCommandsRequested(EventToken token) = 0;
};

struct IAccountsSettingsPaneInterop : IInspectable {
  static constexpr GUID kIid = iid::IAccountsSettingsPaneInterop;
  virtual HRESULT STDMETHODCALLTYPE GetForWindow(HWND window, REFIID pane_id, void** pane) = 0;
  virtual HRESULT STDMETHODCALLTYPE ShowManageAccountsForWindowAsync(HWND window, REFIID action_id,
                                                                     void** action) = 0;
  virtual HRESULT STDMETHODCALLTYPE ShowAddAccountForWindowAsync(HWND window, REFIID action_id, void** action) = 0;
};

}  // namespace wam::abi
