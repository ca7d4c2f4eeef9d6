// Asynchronous calls, which end as the scenario says: <name>.complete = raw (a thread of its own that knows no COM, the
// default), inline (inside put_Completed), pumped (a timer message of the calling thread), or manual (when the test says
// so, or never). <name>.cancel = honour or ignore. <name>.error, <name>.results = an HRESULT; <name>.canceled = 1;
// <name>.twice = 1 tells the handler a second time.
#pragma once

#include <functional>
#include <mutex>
#include <string>

#include "object.h"

namespace fake {

enum : INT32 { kStarted = 0, kCompleted = 1, kCanceled = 2, kError = 3 };

// How a call will end, read from the scenario before the journal says that it was made: a test may change the scenario
// from then on.
struct Plan {
  explicit Plan(std::wstring operation);

  std::wstring name;
  std::wstring complete;
  bool honours_cancel;
  bool fires_twice;
  bool gives_null;
  INT32 outcome;
  HRESULT error;
  HRESULT results;
};

// One asynchronous call, without its types.
class Ending {
 public:
  explicit Ending(Plan plan) : plan_(std::move(plan)) {}
  virtual ~Ending() = default;

  const std::wstring& name() const { return plan_.name; }

  // Ends it on the calling thread, and tells the handler if there is one. False when it has ended before.
  bool EndNow(INT32 status);
  void EndOnRawThread(INT32 status);

 protected:
  using Fire = std::function<void(INT32 status)>;

  HRESULT Observe(Fire fire);
  HRESULT RequestCancel();
  HRESULT ReadResults() const;
  HRESULT ReadStatus(INT32* status) const;
  HRESULT ReadError(HRESULT* code) const;

  virtual void Hold() = 0;
  virtual void LetGo() = 0;

 private:
  static DWORD WINAPI RunEnd(void* job);

  const Plan plan_;
  mutable std::mutex mutex_;
  INT32 status_ = kStarted;
  bool observed_ = false;
  Fire fire_;
};

// Ends the oldest call of that name that waits for it, on a raw thread or on this one. Waits for such a call for five
// seconds; false when there is none.
bool EndOldest(const std::wstring& name, bool here);

// Checks that a handler is an agile delegate and nothing else.
void CheckHandler(IUnknown* handler, REFIID id);

template <class Operation, class Handler, class Result>
class OperationOf final : public Object<Operation, AsyncInfo>, public Ending {
 public:
  OperationOf(Plan plan, Ref<Result> result) : Ending(std::move(plan)), result_(std::move(result)) {}

  HRESULT STDMETHODCALLTYPE put_Completed(Handler* handler) override {
    CheckHandler(handler, Handler::id);
    return Observe([this, handler = Ref<Handler>(handler)](INT32 status) { handler->Invoke(this, status); });
  }
  HRESULT STDMETHODCALLTYPE get_Completed(Handler**) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE GetResults(Result** result) override {
    const HRESULT failure = ReadResults();
    return FAILED(failure) ? failure : HandOut(result_.Get(), result);
  }

  HRESULT STDMETHODCALLTYPE get_Id(UINT32* id) override {
    *id = 1;
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE get_Status(INT32* status) override { return ReadStatus(status); }
  HRESULT STDMETHODCALLTYPE get_ErrorCode(HRESULT* code) override { return ReadError(code); }
  HRESULT STDMETHODCALLTYPE Cancel() override { return RequestCancel(); }
  HRESULT STDMETHODCALLTYPE Close() override { return S_OK; }

 private:
  void Hold() override { this->AddRef(); }
  void LetGo() override { this->Release(); }

  Ref<Result> result_;
};

class ActionOf final : public Object<Action, AsyncInfo>, public Ending {
 public:
  explicit ActionOf(Plan plan, std::function<void()> before_end = nullptr)
      : Ending(std::move(plan)), before_end_(std::move(before_end)) {}

  HRESULT STDMETHODCALLTYPE put_Completed(ActionHandler* handler) override {
    CheckHandler(handler, ActionHandler::id);
    return Observe([this, handler = Ref<ActionHandler>(handler)](INT32 status) {
      if (before_end_ && status == kCompleted) before_end_();
      handler->Invoke(this, status);
    });
  }
  HRESULT STDMETHODCALLTYPE get_Completed(ActionHandler**) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE GetResults() override { return ReadResults(); }

  HRESULT STDMETHODCALLTYPE get_Id(UINT32* id) override {
    *id = 1;
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE get_Status(INT32* status) override { return ReadStatus(status); }
  HRESULT STDMETHODCALLTYPE get_ErrorCode(HRESULT* code) override { return ReadError(code); }
  HRESULT STDMETHODCALLTYPE Cancel() override { return RequestCancel(); }
  HRESULT STDMETHODCALLTYPE Close() override { return S_OK; }

 private:
  void Hold() override { AddRef(); }
  void LetGo() override { Release(); }

  std::function<void()> before_end_;
};

// Starts a call: hands out the operation, unless the scenario says fail.<method>, null.<method> or block.<method>.
HRESULT Enter(const char* method);
bool IsNull(const char* method);
void Unblock(const std::wstring& method);

template <class Operation, class Handler, class Result>
HRESULT Begin(const char* method, Plan plan, Ref<Result> result, Operation** out) {
  if (const HRESULT failure = Enter(method); FAILED(failure)) return failure;
  if (IsNull(method)) return HandOut(static_cast<Operation*>(nullptr), out);
  if (plan.gives_null) result = Ref<Result>();
  using Started = OperationOf<Operation, Handler, Result>;
  return HandOut(Make<Started>(std::move(plan), std::move(result)).Get(), out);
}

}  // namespace fake
