// Outcomes on their way from the worker to the JavaScript thread.
#pragma once

#include <functional>
#include <mutex>
#include <vector>

#include "values.h"

namespace wam {

struct Settlement {
  uint32_t operation_id;
  uint64_t sequence;  // Tells an operation from an earlier one with the same id.
  Outcome outcome;
};

class Outbox {
 public:
  // `ring` wakes the JavaScript thread; it is not called again once the outbox is closed.
  explicit Outbox(std::function<void()> ring) : ring_(std::move(ring)) {}

  void Put(Settlement settlement) {
    std::lock_guard lock(mutex_);
    if (closed_) return;
    settlements_.push_back(std::move(settlement));
    if (settlements_.size() == 1) ring_();
  }

  std::vector<Settlement> TakeAll() {
    std::lock_guard lock(mutex_);
    return std::exchange(settlements_, {});
  }

  void Close() {
    std::lock_guard lock(mutex_);
    closed_ = true;
    settlements_.clear();
  }

 private:
  std::mutex mutex_;
  std::function<void()> ring_;
  std::vector<Settlement> settlements_;
  bool closed_ = false;
};

}  // namespace wam
