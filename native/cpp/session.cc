#include "session.h"

#include <exception>
#include <utility>

#include "js_write.h"

namespace wam {

Napi::Promise Session::Begin(const OperationName& operation, const char* name,
                             std::function<void(const std::shared_ptr<Task>&)> first) {
  const auto [id, background] = operation;
  if (pending_.count(id) != 0) {
    throw Napi::TypeError::New(env_, "operationId " + std::to_string(id) + " is that of a pending operation");
  }
  Open();
  const uint64_t sequence = ++last_sequence_;
  auto task = std::make_shared<Task>(*worker_, [outbox = outbox_, id = operation.id, sequence](Outcome outcome) {
    outbox->Put({id, sequence, std::move(outcome)});
  });
  const auto deferred = Napi::Promise::Deferred::New(env_);
  if (!background && awaited_++ == 0) bell_.Ref(env_);
  pending_.insert({id, Pending{sequence, background, name, deferred, task}});
  task->Post([task, first = std::move(first)] { first(task); });
  return deferred.Promise();
}

bool Session::Cancel(uint32_t operation_id) {
  const auto operation = pending_.find(operation_id);
  if (operation == pending_.end()) return false;
  operation->second.task->Cancel();
  operation->second.deferred.Reject(ToJs(env_, Failure::Cancelled(operation->second.name)));
  Forget(operation);
  return true;
}

Probe Session::RunProbe() {
  Open();
  return ProbeWam(*worker_);
}

void Session::OnBell(Napi::Env env, Napi::Function, Session* session, void*) {
  // Without an environment the bell is only being taken down.
  if (static_cast<napi_env>(env) == nullptr) return;
  // What leaves a call from Node.js ends the process. Deliver has told every caller whom it could tell.
  try {
    session->Deliver();
  } catch (...) {
  }
}

void Session::Open() {
  if (worker_ != nullptr) return;
  bell_ = Bell::New(env_, "entrada:wam", 0, 1, this);
  bell_.Unref(env_);
  outbox_ = std::make_shared<Outbox>([bell = bell_] { bell.NonBlockingCall(); });
  worker_ = std::make_unique<Worker>();
  // Hooks run in reverse order, so this one runs before Node.js takes the bell down.
  env_.AddCleanupHook([this] { Close(); });
}

void Session::Close() noexcept {
  for (const auto& [id, operation] : pending_) {
    try {
      operation.task->Cancel();
    } catch (...) {  // Without memory for the job Windows is not asked to stop; the environment ends all the same.
    }
  }
  pending_.clear();
  outbox_->Close();
  worker_.reset();
  bell_.Abort();
}

void Session::Deliver() {
  for (const auto& [operation_id, sequence, outcome] : outbox_->TakeAll()) {
    const Napi::HandleScope scope(env_);
    const auto operation = pending_.find(operation_id);
    // Cancelled in the meantime.
    if (operation == pending_.end() || operation->second.sequence != sequence) continue;
    const auto deferred = operation->second.deferred;
    Forget(operation);
    // An environment that is being terminated refuses each call into JavaScript, and nobody is left in it to be told.
    try {
      Settle(deferred, outcome);
    } catch (...) {
    }
  }
}

void Session::Settle(const Napi::Promise::Deferred& deferred, const Outcome& outcome) {
  if (const auto* failure = std::get_if<Failure>(&outcome)) return deferred.Reject(ToJs(env_, *failure));
  try {
    deferred.Resolve(std::visit([this](const auto& value) { return ToJs(env_, value); }, outcome));
  } catch (const Napi::Error& error) {
    deferred.Reject(error.Value());
  } catch (const std::exception&) {
    deferred.Reject(ToJs(env_, Failure::Windows(E_OUTOFMEMORY, "Settle")));
  }
}

void Session::Forget(std::unordered_map<uint32_t, Pending>::iterator operation) {
  const bool background = operation->second.background;
  pending_.erase(operation);
  if (!background && --awaited_ == 0) bell_.Unref(env_);
}

}  // namespace wam
