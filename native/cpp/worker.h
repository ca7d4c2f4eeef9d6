// The one thread that talks to the Web Account Manager, in the multithreaded apartment. The JavaScript thread never
// initialises COM: it may belong to an apartment already (Electron), and is not ours in any case.
#pragma once

#include <memory>
#include <thread>

#include "classes.h"
#include "job_queue.h"

namespace wam {

class Worker {
 public:
  Worker();

  // Lets the jobs run that are already there, for a second at most: a call into Windows may be stuck, and then the
  // thread is left to itself.
  ~Worker();

  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  const std::shared_ptr<JobQueue>& jobs() const { return jobs_; }

  // For jobs alone.
  const std::shared_ptr<Classes>& classes() const { return classes_; }

 private:
  std::shared_ptr<JobQueue> jobs_ = std::make_shared<JobQueue>();
  std::shared_ptr<Classes> classes_ = std::make_shared<Classes>();
  std::thread thread_;
};

}  // namespace wam
