#include "pane.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <vector>

#include "apartment.h"
#include "operation.h"
#include "people.h"

namespace fake {
namespace {

class FakeCommand final : public Object<Command> {
 public:
  FakeCommand(Ref<FakeProvider> provider, Ref<CommandHandler> handler)
      : provider_(std::move(provider)), handler_(std::move(handler)) {}

  const std::wstring& authority() const { return provider_->authority(); }
  void Choose() { handler_->Invoke(this); }

  HRESULT STDMETHODCALLTYPE get_WebAccountProvider(AccountProvider** provider) override {
    return HandOut(provider_.Get(), provider);
  }
  HRESULT STDMETHODCALLTYPE get_Invoked(CommandHandler** handler) override { return HandOut(handler_.Get(), handler); }

 private:
  Ref<FakeProvider> provider_;
  Ref<CommandHandler> handler_;
};

class FakeCommands final : public Object<CommandVector> {
 public:
  const std::vector<Ref<Command>>& commands() const { return commands_; }

  HRESULT STDMETHODCALLTYPE GetAt(UINT32, Command**) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE get_Size(UINT32*) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE GetView(IInspectable**) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE IndexOf(Command*, UINT32*, BYTE*) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE SetAt(UINT32, Command*) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE InsertAt(UINT32, Command*) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE RemoveAt(UINT32) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE Append(Command* command) override {
    commands_.push_back(Ref<Command>(command));
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE RemoveAtEnd() override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE Clear() override { return E_NOTIMPL; }

 private:
  std::vector<Ref<Command>> commands_;
};

class FakeDeferral final : public Object<Deferral> {
 public:
  HRESULT STDMETHODCALLTYPE Complete() override {
    Entry("Deferral.Complete");
    return S_OK;
  }
};

class FakeArguments final : public Object<PaneArguments> {
 public:
  const Ref<FakeCommands>& commands() const { return commands_; }

  HRESULT STDMETHODCALLTYPE get_WebAccountProviderCommands(CommandVector** commands) override {
    return HandOut(commands_.Get(), commands);
  }
  HRESULT STDMETHODCALLTYPE get_WebAccountCommands(IInspectable**) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE get_CredentialCommands(IInspectable**) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE get_Commands(IInspectable**) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE get_HeaderText(HSTRING*) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE put_HeaderText(HSTRING) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE GetDeferral(Deferral** deferral) override {
    return HandOut(Make<FakeDeferral>().Get(), deferral);
  }

 private:
  Ref<FakeCommands> commands_ = Make<FakeCommands>();
};

class FakePane final : public Object<Pane> {
 public:
  explicit FakePane(HWND window) : window_(window) {
    std::lock_guard lock(Mutex());
    Open()[window_] = this;
  }
  ~FakePane() override {
    if (handler_) Violation("a pane let go with its handler still there");
    std::lock_guard lock(Mutex());
    Open().erase(window_);
  }

  static FakePane* Of(HWND window) {
    std::lock_guard lock(Mutex());
    const auto found = Open().find(window);
    return found == Open().end() ? nullptr : found->second;
  }

  // Asks for the rows, as the pane does when it opens.
  HRESULT AskForRows(Ref<FakeArguments> arguments) {
    return handler_ ? handler_->Invoke(this, arguments.Get()) : E_UNEXPECTED;
  }

  HRESULT STDMETHODCALLTYPE add_AccountCommandsRequested(PaneHandler* handler, INT64* token) override {
    CheckHandler(handler, PaneHandler::id);
    handler_ = Ref<PaneHandler>(handler);
    *token = kToken;
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE remove_AccountCommandsRequested(INT64 token) override {
    if (token != kToken) Violation("remove_AccountCommandsRequested with another token");
    handler_ = {};
    return S_OK;
  }

 private:
  static constexpr INT64 kToken = 0x1122334455667788;
  static std::mutex& Mutex() {
    static std::mutex mutex;
    return mutex;
  }
  static std::map<HWND, FakePane*>& Open() {
    static std::map<HWND, FakePane*> open;
    return open;
  }

  HWND window_;
  Ref<PaneHandler> handler_;
};

void ExpectOwnWindow(HWND window, const char* call) {
  ExpectApartment("sta", call);
  if (GetWindowThreadProcessId(window, nullptr) != GetCurrentThreadId()) {
    Violation(std::string(call) + " for a window of another thread");
  }
}

}  // namespace

HRESULT PaneFactory::GetForWindow(HWND window, REFIID id, void** pane) {
  ExpectOwnWindow(window, "GetForWindow");
  if (!IsEqualGUID(id, Pane::id)) Violation("GetForWindow for " + GuidText(id));
  if (const HRESULT failure = Enter("GetForWindow"); FAILED(failure)) return failure;
  return HandOut(Make<FakePane>(window).Get(), reinterpret_cast<Pane**>(pane));
}

HRESULT PaneFactory::ShowAddAccountForWindowAsync(HWND window, REFIID id, void** action) {
  ExpectOwnWindow(window, "ShowAddAccountForWindowAsync");
  if (!IsEqualGUID(id, Action::id)) Violation("ShowAddAccountForWindowAsync for " + GuidText(id));
  if (const HRESULT failure = Enter("ShowAddAccountForWindowAsync"); FAILED(failure)) return failure;
  FakePane* const pane = FakePane::Of(window);
  if (pane == nullptr) return E_UNEXPECTED;
  const auto arguments = Make<FakeArguments>();
  if (const HRESULT failure = pane->AskForRows(arguments); FAILED(failure)) return failure;

  std::string rows;
  for (const auto& command : arguments->commands()->commands()) {
    rows += (rows.empty() ? "" : ",") + JsonString(static_cast<FakeCommand*>(command.Get())->authority());
  }
  const Plan plan(L"pane");
  Entry("ShowAddAccountForWindowAsync").AddJson("rows", "[" + rows + "]");
  const auto choose = [arguments] {
    for (const auto& command : arguments->commands()->commands()) {
      auto* const own = static_cast<FakeCommand*>(command.Get());
      if (own->authority() == Setting(L"pane.choose", L"none")) own->Choose();
    }
  };
  return HandOut(Make<ActionOf>(plan, choose).Get(), reinterpret_cast<Action**>(action));
}

HRESULT PaneCommandFactory::CreateWebAccountProviderCommand(AccountProvider* provider, CommandHandler* handler,
                                                            Command** command) {
  ExpectApartment("sta", "CreateWebAccountProviderCommand");
  if (const HRESULT failure = Enter("CreateWebAccountProviderCommand"); FAILED(failure)) return failure;
  CheckHandler(handler, CommandHandler::id);
  const auto own = Unwrap<AccountProvider, FakeProvider>(provider);
  if (!own) return E_INVALIDARG;
  return HandOut(Make<FakeCommand>(own, Ref<CommandHandler>(handler)).Get(), command);
}

}  // namespace fake
