// What one JavaScript environment (the main thread, a worker thread, an Electron process) has with WAM: its operations,
// its worker, and the way back. All of it belongs to the JavaScript thread.
#pragma once

#include <napi.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <unordered_map>

#include "outbox.h"
#include "probe.h"
#include "task.h"
#include "worker.h"

namespace wam {

class Session {
 public:
  explicit Session(Napi::Env env) : env_(env) {}

  // Starts an operation with `first`, which runs on the worker. Unless it is one in the background it keeps the process
  // alive while it is pending.
  Napi::Promise Begin(const OperationName& operation, const char* name,
                      std::function<void(const std::shared_ptr<Task>&)> first);

  // Rejects the promise at once; false when there is no such operation.
  bool Cancel(uint32_t operation_id);

  Probe RunProbe();

 private:
  struct Pending {
    uint64_t sequence;
    bool background;
    const char* name;
    Napi::Promise::Deferred deferred;
    std::shared_ptr<Task> task;
  };

  static void OnBell(Napi::Env env, Napi::Function, Session* session, void*);
  using Bell = Napi::TypedThreadSafeFunction<Session, void, OnBell>;

  // Starts the worker, on first use.
  void Open();
  void Close() noexcept;
  void Deliver();
  void Settle(const Napi::Promise::Deferred& deferred, const Outcome& outcome);
  void Forget(std::unordered_map<uint32_t, Pending>::iterator operation);

  Napi::Env env_;
  Bell bell_;
  std::shared_ptr<Outbox> outbox_;
  std::unique_ptr<Worker> worker_;
  std::unordered_map<uint32_t, Pending> pending_;
  uint64_t last_sequence_ = 0;
  // How many of the pending ones somebody waits for.
  std::size_t awaited_ = 0;
};

}  // namespace wam
