// The queue of the worker, from many threads, while it closes.
#include "job_queue.h"

#include <atomic>
#include <cstdio>
#include <memory>
#include <thread>
#include <vector>

int main() {
  for (int round = 0; round < 200; ++round) {
    wam::JobQueue queue;
    std::atomic<int> done = 0;
    std::thread worker([&] {
      while (auto job = queue.Take()) (*job)();
      queue.MarkFinished();
    });
    std::vector<std::thread> posters;
    for (int poster = 0; poster < 4; ++poster) {
      posters.emplace_back([&] {
        for (int job = 0; job < 50; ++job) {
          // What it holds is freed with it, whether it runs or is dropped.
          queue.Post([&done, held = std::make_shared<int>(job)] { done += *held >= 0 ? 1 : 0; });
        }
      });
    }
    if (round % 2 == 0) queue.Close();
    for (auto& poster : posters) poster.join();
    queue.Close();
    if (!queue.WaitFinished(std::chrono::seconds(10))) return 1;
    worker.join();
    if (round % 2 == 1 && done != 200) return 1;
  }
  std::puts("200 queues");
}
