#include "live_objects.h"

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace fake {
namespace {

std::mutex mutex;
std::condition_variable changed;
int live = 0;
int factories = 0;

}  // namespace

void CountObject(int change) {
  {
    std::lock_guard lock(mutex);
    live += change;
  }
  changed.notify_all();
}

int LiveObjects() {
  std::lock_guard lock(mutex);
  return live;
}

int LiveFactories() {
  std::lock_guard lock(mutex);
  return factories;
}

FactoryMark::FactoryMark() {
  CountObject(-1);
  std::lock_guard lock(mutex);
  ++factories;
}

FactoryMark::~FactoryMark() {
  {
    std::lock_guard lock(mutex);
    --factories;
  }
  CountObject(+1);
}

bool WaitForLiveObjects(int wanted, unsigned milliseconds) {
  std::unique_lock lock(mutex);
  return changed.wait_for(lock, std::chrono::milliseconds(milliseconds), [wanted] { return live <= wanted; });
}

}  // namespace fake
