// Work for the worker, in order.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>

namespace wam {

class JobQueue {
 public:
  using Job = std::function<void()>;

  // Drops the job once the queue is closed: nobody is left who would run it.
  void Post(Job job);

  // Waits for a job. Nothing once the queue is closed and empty.
  std::optional<Job> Take();

  void Close();

  // Says that the last job has run, and waits for that.
  void MarkFinished();
  bool WaitFinished(std::chrono::milliseconds limit);

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> jobs_;
  bool closed_ = false;
  bool finished_ = false;
};

}  // namespace wam
