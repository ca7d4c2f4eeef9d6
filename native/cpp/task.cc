#include "task.h"

#include <exception>

namespace wam {

Task::Task(const Worker& worker, Settle settle)
    : jobs_(worker.jobs()), classes_(worker.classes()), settle_(std::move(settle)) {}

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
    } catch (...) {
      self->Finish(Failure::Windows(E_UNEXPECTED, "Task"));
    }
  });
}

void Task::Finish(Outcome outcome) {
  on_cancel_ = nullptr;
  if (auto settle = std::exchange(settle_, nullptr)) settle(std::move(outcome));
}

}  // namespace wam
