#include "worker.h"

#include <combaseapi.h>
#include <roapi.h>
#include <windows.h>

#include <chrono>

namespace wam {
namespace {

// Windows may call a completion handler after the environment that started the operation is gone, so for the rest of
// the process this module stays loaded and the multithreaded apartment exists.
void KeepModuleAndApartment() {
  [[maybe_unused]] static const bool once = [] {
    HMODULE module = nullptr;
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_PIN | GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                       reinterpret_cast<LPCWSTR>(&KeepModuleAndApartment), &module);
    CO_MTA_USAGE_COOKIE cookie{};
    CoIncrementMTAUsage(&cookie);
    return true;
  }();
}

void RunJobs(const std::shared_ptr<JobQueue>& jobs, const std::shared_ptr<Classes>& classes) {
  // When this fails, so does the first call of every job, with CO_E_NOTINITIALIZED: the caller learns it there.
  const HRESULT apartment = RoInitialize(RO_INIT_MULTITHREADED);
  while (auto job = jobs->Take()) {
    // A task ends itself with what its step throws. What still arrives here is of a job that nobody waits for, or the
    // want of memory to say so; the thread serves the others.
    try {
      (*job)();
    } catch (...) {
    }
  }
  classes->Clear();
  if (SUCCEEDED(apartment)) RoUninitialize();
  jobs->MarkFinished();
}

}  // namespace

Worker::Worker() {
  KeepModuleAndApartment();
  thread_ = std::thread([jobs = jobs_, classes = classes_] { RunJobs(jobs, classes); });
}

Worker::~Worker() {
  jobs_->Close();
  if (jobs_->WaitFinished(std::chrono::seconds(1))) {
    thread_.join();
  } else {
    thread_.detach();
  }
}

}  // namespace wam
