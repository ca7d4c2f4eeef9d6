// One operation on its way through the worker: the chain of asynchronous calls to Windows, the one that is open now,
// and the single place where the operation ends.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

#include "async_end.h"
#include "com.h"
#include "completion_handler.h"
#include "values.h"
#include "wam_abi.h"
#include "worker.h"

namespace wam {

class Task : public std::enable_shared_from_this<Task> {
 public:
  using Settle = std::function<void(Outcome)>;

  // `settle` is called on the worker, once at most, and never after Cancel.
  Task(const Worker& worker, Settle settle);

  // Begins, or goes on, with `next` on the worker. What it throws ends the task. From any thread.
  void Post(std::function<void()> next);

  // Runs no further step, and asks Windows to end what is open now. From any thread.
  void Cancel();

  // What follows is for the worker.

  Classes& classes() const { return *classes_; }

  void Finish(Outcome outcome);

  // How to ask for an early end of what is open now; null when nothing is.
  void OnCancel(std::function<void()> ask) { on_cancel_ = std::move(ask); }

  // Waits for an operation without blocking, then goes on with `next(ComPtr<T>)`; the pointer may be null.
  template <class T, class Next>
  void Await(const ComPtr<abi::IAsyncOperation<T>>& operation, const char* step, Next next) {
    Observe(operation, step, [operation, step, next = std::move(next)] {
      ComPtr<T> result;
      CheckResults(operation->GetResults(result.Put()), step);
      next(std::move(result));
    });
  }

  // The same for an action, which has no result: `next()`.
  template <class Next>
  void Await(const ComPtr<abi::IAsyncAction>& action, const char* step, Next next) {
    Observe(action, step, [action, step, next = std::move(next)] {
      CheckResults(action->GetResults(), step);
      next();
    });
  }

 private:
  template <class Async, class Next>
  void Observe(const ComPtr<Async>& async, const char* step, Next next) {
    if (!async) throw Failure::Windows(E_POINTER, step);
    auto info = async.template As<abi::IAsyncInfo>(step);
    auto resume = [self = shared_from_this(), info, step, next = std::move(next)](abi::AsyncStatus status) mutable {
      self->Post([self, info, step, next = std::move(next), status] {
        self->OnCancel(nullptr);
        CheckEnd(info, status, step);
        next();
      });
    };
    OnCancel([info] { info->Cancel(); });
    auto handler = CompletionHandler<Async>::Make(std::move(resume));
    Check(async->put_Completed(handler.Get()), step);
  }

  std::shared_ptr<JobQueue> jobs_;
  std::shared_ptr<Classes> classes_;
  Settle settle_;
  std::function<void()> on_cancel_;
  std::atomic<bool> cancelled_{false};
};

}  // namespace wam
