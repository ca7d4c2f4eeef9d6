// The delegate that Windows calls when an asynchronous call has ended: on any thread, inside put_Completed, or long
// after a cancel. It hands on once, and whatever it holds goes with that, so that no cycle with the operation is left.
#pragma once

#include <atomic>
#include <functional>
#include <utility>

#include "com.h"
#include "com_boundary.h"
#include "wam_abi.h"

namespace wam {

// Reference counting and the three interfaces of an agile delegate, and no other.
template <class Delegate>
class AgileDelegate : public Delegate {
 public:
  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID id, void** object) override {
    if (object == nullptr) return E_POINTER;
    *object = nullptr;
    const bool known = IsEqualGUID(id, iid::IUnknown) || IsEqualGUID(id, iid::IAgileObject) ||
                       IsEqualGUID(id, Delegate::kIid);
    if (!known) return E_NOINTERFACE;
    AddRef();
    *object = static_cast<Delegate*>(this);
    return S_OK;
  }
  ULONG STDMETHODCALLTYPE AddRef() override { return ++references_; }
  ULONG STDMETHODCALLTYPE Release() override {
    const ULONG left = --references_;
    if (left == 0) delete this;
    return left;
  }

 protected:
  AgileDelegate() = default;
  virtual ~AgileDelegate() = default;

 private:
  std::atomic<ULONG> references_{1};
};

template <class Async>
class CompletionHandler final : public AgileDelegate<typename Async::Handler> {
 public:
  using Resume = std::function<void(abi::AsyncStatus)>;

  static ComPtr<CompletionHandler> Make(Resume resume) {
    return ComPtr<CompletionHandler>::Adopt(new CompletionHandler(std::move(resume)));
  }

  HRESULT STDMETHODCALLTYPE Invoke(Async*, abi::AsyncStatus status) override {
    if (fired_.exchange(true)) return S_OK;
    return AnswerWindows([&] { std::exchange(resume_, nullptr)(status); });
  }

 private:
  explicit CompletionHandler(Resume resume) : resume_(std::move(resume)) {}

  std::atomic<bool> fired_{false};
  Resume resume_;
};

}  // namespace wam
