#include "accounts_pane.h"

#include <roapi.h>

#include <exception>
#include <functional>
#include <memory>
#include <utility>

#include "async_end.h"
#include "com_boundary.h"
#include "completion_handler.h"
#include "owned_window.h"

namespace wam {
namespace {

using Chosen = std::shared_ptr<std::optional<AccountKind>>;

class RowInvoked final : public AgileDelegate<abi::IWebAccountProviderCommandInvokedHandler> {
 public:
  RowInvoked(AccountKind kind, Chosen chosen) : kind_(kind), chosen_(std::move(chosen)) {}
  HRESULT STDMETHODCALLTYPE Invoke(abi::IWebAccountProviderCommand*) override {
    return AnswerWindows([&] { *chosen_ = kind_; });
  }

 private:
  AccountKind kind_;
  Chosen chosen_;
};

// Fills the pane when it asks for its rows.
class RowsRequested final : public AgileDelegate<abi::IAccountCommandsRequestedHandler> {
 public:
  RowsRequested(const std::vector<PaneRow>& rows, Chosen chosen) : rows_(rows), chosen_(std::move(chosen)) {}
  HRESULT STDMETHODCALLTYPE Invoke(abi::IAccountsSettingsPane*,
                                   abi::IAccountsSettingsPaneCommandsRequestedEventArgs* args) override {
    // Where it fails the pane ends the action with what this returns.
    return AnswerWindows(
        [&] { AppendRows(ComPtr<abi::IAccountsSettingsPaneCommandsRequestedEventArgs>(args)); });
  }

 private:
  void AppendRows(const ComPtr<abi::IAccountsSettingsPaneCommandsRequestedEventArgs>& args) {
    using Args = abi::IAccountsSettingsPaneCommandsRequestedEventArgs;
    const auto deferral =
        ReadObject<abi::IAccountsSettingsPaneEventDeferral>(args.Get(), &Args::GetDeferral, "GetDeferral");
    const auto commands = ReadObject<abi::IWebAccountProviderCommandVector>(
        args.Get(), &Args::get_WebAccountProviderCommands, "WebAccountProviderCommands");
    const auto factory = ActivationFactory<abi::IWebAccountProviderCommandFactory>(
        class_name::WebAccountProviderCommand, "WebAccountProviderCommand");
    for (const auto& row : rows_) {
      const auto invoked = ComPtr<RowInvoked>::Adopt(new RowInvoked(row.kind, chosen_));
      ComPtr<abi::IWebAccountProviderCommand> command;
      Check(factory->CreateWebAccountProviderCommand(row.provider.Get(), invoked.Get(), command.Put()),
            "CreateWebAccountProviderCommand");
      Check(commands->Append(command.Get()), "Append");
    }
    Check(deferral->Complete(), "Complete");
  }

  std::vector<PaneRow> rows_;
  Chosen chosen_;
};

// The end of the pane. Its handler may be called after the pane was closed early and is gone.
struct End {
  End() : event(CreateEventW(nullptr, TRUE, FALSE, nullptr)) {
    if (event == nullptr) throw Failure::Windows(HRESULT_FROM_WIN32(GetLastError()), "CreateEvent");
  }
  ~End() { CloseHandle(event); }
  End(const End&) = delete;
  End& operator=(const End&) = delete;

  const HANDLE event;
  abi::AsyncStatus status = abi::AsyncStatus::Started;  // Written before the event is set, read after.
};

// A single-threaded apartment for the life of the object.
class Apartment {
 public:
  Apartment() { Check(RoInitialize(RO_INIT_SINGLETHREADED), "RoInitialize"); }
  ~Apartment() { RoUninitialize(); }
  Apartment(const Apartment&) = delete;
  Apartment& operator=(const Apartment&) = delete;
};

// Handles messages until one of the two events is set; true when it was the first.
bool PumpUntil(HANDLE first, HANDLE second) {
  const HANDLE events[] = {first, second};
  for (;;) {
    const DWORD woken = MsgWaitForMultipleObjectsEx(2, events, INFINITE, QS_ALLINPUT, MWMO_INPUTAVAILABLE);
    if (woken == WAIT_OBJECT_0) return true;
    if (woken == WAIT_OBJECT_0 + 1) return false;
    if (woken == WAIT_FAILED) throw Failure::Windows(HRESULT_FROM_WIN32(GetLastError()), "MsgWaitForMultipleObjectsEx");
    MSG message;
    while (PeekMessageW(&message, nullptr, 0, 0, PM_REMOVE)) {
      TranslateMessage(&message);
      DispatchMessageW(&message);
    }
  }
}

}  // namespace

AccountsPane::AccountsPane(HWND owner, std::vector<PaneRow> rows)
    : owner_(owner), rows_(std::move(rows)), closed_(CreateEventW(nullptr, TRUE, FALSE, nullptr)) {
  if (closed_ == nullptr) throw Failure::Windows(HRESULT_FROM_WIN32(GetLastError()), "CreateEvent");
}

AccountsPane::~AccountsPane() { CloseHandle(closed_); }

void AccountsPane::Close() { SetEvent(closed_); }

Outcome AccountsPane::Show() {
  try {
    const Apartment apartment;
    return RunPane();
  } catch (Failure& failure) {
    return std::move(failure);
  } catch (const std::exception& error) {
    return Failure::Windows(E_UNEXPECTED, error.what());
  } catch (...) {
    return Failure::Windows(E_UNEXPECTED, "AccountsSettingsPane");
  }
}

std::optional<AccountKind> AccountsPane::RunPane() {
  static constexpr char kPane[] = "AccountsSettingsPane";
  static constexpr char kShow[] = "ShowAddAccountForWindowAsync";
  const OwnedWindow window(owner_);
  const auto interop = ActivationFactory<abi::IAccountsSettingsPaneInterop>(class_name::AccountsSettingsPane, kPane);
  ComPtr<abi::IAccountsSettingsPane> pane;
  Check(interop->GetForWindow(window.handle(), abi::IAccountsSettingsPane::kIid, pane.PutVoid()), "GetForWindow");

  const auto chosen = std::make_shared<std::optional<AccountKind>>();
  const auto requested = ComPtr<RowsRequested>::Adopt(new RowsRequested(rows_, chosen));
  abi::EventToken token{};
  Check(pane->add_AccountCommandsRequested(requested.Get(), &token), "add_AccountCommandsRequested");
  try {
    ComPtr<abi::IAsyncAction> action;
    Check(interop->ShowAddAccountForWindowAsync(window.handle(), abi::IAsyncAction::kIid, action.PutVoid()), kShow);
    WaitFor(action);
  } catch (...) {
    pane->remove_AccountCommandsRequested(token);
    throw;
  }
  pane->remove_AccountCommandsRequested(token);
  return *chosen;
}

void AccountsPane::WaitFor(const ComPtr<abi::IAsyncAction>& action) {
  static constexpr char kStep[] = "ShowAddAccountForWindowAsync";
  const auto info = action.As<abi::IAsyncInfo>(kStep);
  const auto end = std::make_shared<End>();
  const auto handler = CompletionHandler<abi::IAsyncAction>::Make([end](abi::AsyncStatus status) {
    end->status = status;
    SetEvent(end->event);
  });
  Check(action->put_Completed(handler.Get()), kStep);
  if (PumpUntil(end->event, closed_)) {
    CheckEnd(info, end->status, kStep);
    CheckResults(action->GetResults(), kStep);
  } else {
    Check(info->Cancel(), kStep);
  }
}

}  // namespace wam
