#include "operation.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <set>

namespace fake {
namespace {

constexpr HRESULT kIllegalDelegateAssignment = static_cast<HRESULT>(0x80000018);
constexpr HRESULT kIllegalMethodCall = static_cast<HRESULT>(0x8000000E);

std::mutex registry_mutex;
std::condition_variable registered;
std::deque<Ending*> waiting;  // Each is held by what it waits for.

struct EndOnThread {
  Ending* ending;
  INT32 status;
};

// For <name>.complete = pumped: one operation at a time, ended by a message of the thread that waits.
thread_local Ending* pumped = nullptr;

void CALLBACK OnTimer(HWND, UINT, UINT_PTR timer, DWORD) {
  KillTimer(nullptr, timer);
  if (Ending* ending = std::exchange(pumped, nullptr)) ending->EndNow(kCompleted);
}

std::mutex block_mutex;
std::condition_variable block_changed;
std::set<std::wstring> unblocked;

std::wstring Wide(const char* text) {
  const std::string narrow(text);
  return {narrow.begin(), narrow.end()};
}

}  // namespace

Plan::Plan(std::wstring operation)
    : name(std::move(operation)),
      complete(Setting(name + L".complete", L"raw")),
      honours_cancel(Setting(name + L".cancel", L"honour") == L"honour"),
      fires_twice(NumberSetting(name + L".twice", 0) != 0),
      gives_null(NumberSetting(name + L".null", 0) != 0),
      outcome(NumberSetting(name + L".canceled", 0) != 0 ? kCanceled : kCompleted),
      error(static_cast<HRESULT>(NumberSetting(name + L".error", S_OK))),
      results(static_cast<HRESULT>(NumberSetting(name + L".results", S_OK))) {
  if (Setting(name + L".error")) outcome = kError;
}

bool Ending::EndNow(INT32 status) {
  Fire fire;
  {
    std::lock_guard lock(mutex_);
    if (status_ != kStarted) return false;
    status_ = status;
    fire = std::exchange(fire_, nullptr);
  }
  {
    std::lock_guard lock(registry_mutex);
    waiting.erase(std::remove(waiting.begin(), waiting.end(), this), waiting.end());
  }
  if (fire) fire(status);
  if (fire && plan_.fires_twice) fire(status);
  fire = nullptr;
  LetGo();  // Of what Observe held.
  return true;
}

DWORD WINAPI Ending::RunEnd(void* job) {
  const std::unique_ptr<EndOnThread> end(static_cast<EndOnThread*>(job));
  end->ending->EndNow(end->status);
  end->ending->LetGo();
  return 0;
}

void Ending::EndOnRawThread(INT32 status) {
  Hold();
  const HANDLE thread = CreateThread(nullptr, 0, RunEnd, new EndOnThread{this, status}, 0, nullptr);
  if (thread != nullptr) CloseHandle(thread);
}

HRESULT Ending::Observe(Fire fire) {
  {
    std::lock_guard lock(mutex_);
    if (observed_) {
      Violation("put_Completed a second time");
      return kIllegalDelegateAssignment;
    }
    observed_ = true;
    fire_ = std::move(fire);
  }
  Hold();  // An operation that has not ended lives on its own.
  if (plan_.complete == L"inline") {
    EndNow(plan_.outcome);
  } else if (plan_.complete == L"raw") {
    EndOnRawThread(plan_.outcome);
  } else if (plan_.complete == L"pumped") {
    pumped = this;
    SetTimer(nullptr, 0, 1, OnTimer);
  } else {
    {
      std::lock_guard lock(registry_mutex);
      waiting.push_back(this);
    }
    registered.notify_all();
  }
  return S_OK;
}

HRESULT Ending::RequestCancel() {
  Entry("Cancel").Add("operation", plan_.name);
  bool ended = false;
  {
    std::lock_guard lock(mutex_);
    ended = status_ != kStarted;
  }
  if (!ended && plan_.honours_cancel) EndOnRawThread(kCanceled);
  return S_OK;
}

HRESULT Ending::ReadResults() const {
  {
    std::lock_guard lock(mutex_);
    if (status_ != kCompleted) {
      Violation("GetResults of an operation that is not complete");
      return kIllegalMethodCall;
    }
  }
  return plan_.results;
}

HRESULT Ending::ReadStatus(INT32* status) const {
  std::lock_guard lock(mutex_);
  *status = status_;
  return S_OK;
}

HRESULT Ending::ReadError(HRESULT* code) const {
  *code = plan_.error;
  return S_OK;
}

bool EndOldest(const std::wstring& name, bool here) {
  Ending* oldest = nullptr;
  {
    std::unique_lock lock(registry_mutex);
    auto found = waiting.end();
    const auto find = [&found, &name] {
      found = std::find_if(waiting.begin(), waiting.end(), [&name](Ending* ending) { return ending->name() == name; });
      return found != waiting.end();
    };
    if (!registered.wait_for(lock, std::chrono::seconds(5), find)) return false;
    oldest = *found;
    waiting.erase(found);
  }
  if (here) return oldest->EndNow(kCompleted);
  oldest->EndOnRawThread(kCompleted);
  return true;
}

void CheckHandler(IUnknown* handler, REFIID id) {
  static constexpr GUID kAgile = {0x94ea2b94, 0xe9cc, 0x49e0, {0xc0, 0xff, 0xee, 0x64, 0xca, 0x8f, 0x5b, 0x90}};
  static constexpr GUID kInspectable = {0xaf86e2e0, 0xb12d, 0x4c6a, {0x9c, 0x5a, 0xd7, 0xaa, 0x65, 0x10, 0x1e, 0x90}};
  const auto has = [handler](REFIID wanted) {
    void* object = nullptr;
    const bool found = SUCCEEDED(handler->QueryInterface(wanted, &object)) && object != nullptr;
    if (found) static_cast<IUnknown*>(object)->Release();
    return found;
  };
  if (handler == nullptr) return Violation("a null handler");
  if (!has(id)) Violation("a handler without its own interface " + GuidText(id));
  if (!has(kAgile)) Violation("a handler that is not agile");
  if (has(kInspectable)) Violation("a delegate with IInspectable");
}

HRESULT Enter(const char* method) {
  const std::wstring name = Wide(method);
  if (NumberSetting(L"block." + name, 0) != 0) {
    std::unique_lock lock(block_mutex);
    block_changed.wait(lock, [&name] { return unblocked.erase(name) != 0; });
  }
  return InjectedFailure(method);
}

bool IsNull(const char* method) { return NumberSetting(L"null." + Wide(method), 0) != 0; }

void Unblock(const std::wstring& method) {
  {
    std::lock_guard lock(block_mutex);
    unblocked.insert(method);
  }
  block_changed.notify_all();
}

}  // namespace fake
