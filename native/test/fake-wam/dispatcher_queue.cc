#include "dispatcher_queue.h"

#include <objbase.h>

#include "operation.h"

namespace fake {
namespace {

constexpr UINT kRun = WM_APP;
constexpr UINT kStop = WM_APP + 1;

DWORD WINAPI RunQueue(void* ready) {
  CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED);
  MSG message;
  PeekMessageW(&message, nullptr, WM_USER, WM_USER, PM_NOREMOVE);  // Makes the thread's message queue.
  SetEvent(ready);
  while (GetMessageW(&message, nullptr, 0, 0) > 0 && message.message != kStop) {
    if (message.hwnd == nullptr && message.message == kRun) {
      auto* const handler = reinterpret_cast<QueueHandler*>(message.lParam);
      handler->Invoke();
      handler->Release();
    } else {
      TranslateMessage(&message);
      DispatchMessageW(&message);
    }
  }
  CoUninitialize();
  return 0;
}

class FakeQueue final : public Object<Queue> {
 public:
  FakeQueue() {
    const HANDLE ready = CreateEventW(nullptr, TRUE, FALSE, nullptr);
    const HANDLE thread = CreateThread(nullptr, 0, RunQueue, ready, 0, &thread_);
    WaitForSingleObject(ready, INFINITE);
    CloseHandle(ready);
    CloseHandle(thread);
  }
  ~FakeQueue() override { Stop(); }
  void Stop() { PostThreadMessageW(thread_, kStop, 0, 0); }

  HRESULT STDMETHODCALLTYPE CreateTimer(IInspectable**) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE TryEnqueue(QueueHandler* handler, BYTE* enqueued) override {
    handler->AddRef();
    *enqueued = PostThreadMessageW(thread_, kRun, 0, reinterpret_cast<LPARAM>(handler)) != 0;
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE TryEnqueueWithPriority(INT32, QueueHandler* handler, BYTE* enqueued) override {
    return TryEnqueue(handler, enqueued);
  }
  HRESULT STDMETHODCALLTYPE add_ShutdownStarting(IUnknown*, INT64* token) override { return GiveToken(token); }
  HRESULT STDMETHODCALLTYPE remove_ShutdownStarting(INT64) override { return S_OK; }
  HRESULT STDMETHODCALLTYPE add_ShutdownCompleted(IUnknown*, INT64* token) override { return GiveToken(token); }
  HRESULT STDMETHODCALLTYPE remove_ShutdownCompleted(INT64) override { return S_OK; }

 private:
  static HRESULT GiveToken(INT64* token) {
    *token = 1;
    return S_OK;
  }

  DWORD thread_ = 0;
};

class FakeController final : public Object<QueueController> {
 public:
  HRESULT STDMETHODCALLTYPE get_DispatcherQueue(Queue** queue) override { return HandOut(queue_.Get(), queue); }
  HRESULT STDMETHODCALLTYPE ShutdownQueueAsync(Action** action) override {
    queue_->Stop();
    return HandOut(Make<ActionOf>(Plan(L"queue")).Get(), action);
  }

 private:
  Ref<FakeQueue> queue_ = Make<FakeQueue>();
};

}  // namespace

HRESULT QueueControllerFactory::CreateOnDedicatedThread(QueueController** controller) {
  return HandOut(Make<FakeController>().Get(), controller);
}

}  // namespace fake
