// The queue of the worker, as bytes say: what is posted from two threads, when it closes, and who waits for its end.
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <thread>
#include <vector>

#include "job_queue.h"

namespace {

// What jobs hold; when the queue is gone, nothing is left of it.
std::atomic<int> live = 0;
struct Held {
  Held() { ++live; }
  ~Held() { --live; }
};

void Insist(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  {
    wam::JobQueue queue;
    std::vector<std::size_t> ran;  // The worker's alone until it is joined.
    std::thread worker([&] {
      while (auto job = queue.Take()) (*job)();
      queue.MarkFinished();
    });
    std::thread other;
    std::size_t posted = 0;
    std::size_t accepted = 0;
    bool closed = false;
    for (std::size_t at = 0; at < size && at < 64; ++at) {
      switch (data[at] % 8) {
        case 0:
          closed = true;
          queue.Close();
          break;
        case 1:
          // Nobody has finished before the queue is closed.
          if (!closed) Insist(!queue.WaitFinished(std::chrono::milliseconds(0)));
          break;
        case 2:
          if (!other.joinable()) {
            other = std::thread([&queue, count = data[at] / 16] {
              for (int job = 0; job < count; ++job) queue.Post([held = std::make_shared<Held>()] {});
            });
          }
          break;
        default:
          queue.Post([&ran, number = posted, held = std::make_shared<Held>()] { ran.push_back(number); });
          ++posted;
          if (!closed) accepted = posted;
      }
    }
    queue.Close();
    Insist(queue.WaitFinished(std::chrono::seconds(10)));
    worker.join();
    if (other.joinable()) other.join();
    // What came before the end has run once and in order; nothing that came after it has.
    Insist(ran.size() == accepted);
    for (std::size_t index = 0; index < ran.size(); ++index) Insist(ran[index] == index);
  }
  Insist(live == 0);
  return 0;
}
