#include "task.h"

#include <exception>
#include <string>

namespace wam {

Task::Task(std::shared_ptr<JobQueue> jobs, Settle settle) : jobs_(std::move(jobs)), settle_(std::move(settle)) {}

void Task::Cancel() {
  cancelled_ = true;
  jobs_->Post([self = shared_from_this()] {
    if (auto ask = std::exchange(self->on_cancel_, nullptr)) ask();
  });
}

void Task::Post(std::function<void()> next) {
  jobs_->Post([self = shared_from_this(), next = std::move(next)] {
    if (self->cancelled_) return;
    try {
      next();
    } catch (Failure& failure) {
      self->Finish(std::move(failure));
    } catch (const std::exception& error) {
      self->Finish(Failure::Windows(E_UNEXPECTED, error.what()));
    }
  });
}

void Task::Finish(Outcome outcome) {
  on_cancel_ = nullptr;
  if (auto settle = std::exchange(settle_, nullptr)) settle(std::move(outcome));
}

void Task::CheckStatus(const ComPtr<abi::IAsyncInfo>& info, abi::AsyncStatus status, const char* step) {
  if (status == abi::AsyncStatus::Completed) return;
  if (status == abi::AsyncStatus::Canceled) {
    throw Failure::Windows(HRESULT_FROM_WIN32(ERROR_CANCELLED), std::string(step) + ".Canceled");
  }
  HRESULT error = E_UNEXPECTED;
  Check(info->get_ErrorCode(&error), step);
  throw Failure::Windows(error, std::string(step) + ".Error");
}

void Task::CheckResult(HRESULT hresult, const char* step) {
  if (FAILED(hresult)) throw Failure::Windows(hresult, std::string(step) + ".GetResults");
}

}  // namespace wam
