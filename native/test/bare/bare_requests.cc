// What silent requests cost without Node.js and without the addon: the calls that the addon makes of Windows, one
// request after the other, on one thread. Of the addon it has the binary interface and the owning pointers alone: it
// hands over no job, keeps no task, wipes no memory and makes no value of JavaScript.
//
// bare_requests.exe WARM_UP COUNT: writes, as JSON, what came of the COUNT requests that follow WARM_UP others.
#include <windows.h>
// Needs windows.h before it.
#include <psapi.h>
#include <roapi.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "bare_request.h"

namespace {

using wam::Check;
using wam::Failure;

struct Tally {
  unsigned succeeded = 0;
  unsigned long long token_characters = 0;
};

Tally Run(const bare::Factories& factories, int count) {
  Tally tally;
  for (int index = 0; index < count; ++index) {
    const bare::Answer answer = bare::RequestSilently(factories);
    if (answer.status != 0 || answer.responses.size() != 1) continue;
    ++tally.succeeded;
    tally.token_characters += answer.responses.front().token.size();
  }
  return tally;
}

unsigned long long ResidentBytes() {
  PROCESS_MEMORY_COUNTERS counters{};
  Check(K32GetProcessMemoryInfo(GetCurrentProcess(), &counters, sizeof(counters)) ? S_OK : E_FAIL, "memory");
  return counters.WorkingSetSize;
}

// What this process has used of the processors, in its own code and in the system's.
double CpuSeconds() {
  FILETIME created, exited, system, user;
  Check(GetProcessTimes(GetCurrentProcess(), &created, &exited, &system, &user) ? S_OK : E_FAIL, "CPU time");
  const auto ticks = [](const FILETIME& time) { return (ULONGLONG{time.dwHighDateTime} << 32) | time.dwLowDateTime; };
  return static_cast<double>(ticks(system) + ticks(user)) / 1e7;
}

// A count that the fake keeps of its caller.
template <class Number>
Number AskFake(const char* name) {
  const auto ask = reinterpret_cast<Number (*)()>(
      reinterpret_cast<void*>(GetProcAddress(GetModuleHandleW(L"fake_wam.dll"), name)));
  if (ask == nullptr) throw Failure::Windows(E_NOINTERFACE, name);
  return ask();
}

void Measure(int warm_up, int count) {
  const bare::Factories factories;
  Run(factories, warm_up);
  const auto before = ResidentBytes();
  const double cpu_before = CpuSeconds();
  const auto started = std::chrono::steady_clock::now();
  const Tally tally = Run(factories, count);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - started;
  const double cpu_seconds = CpuSeconds() - cpu_before;
  const auto after = ResidentBytes();
  std::printf(
      "{\"succeeded\":%u,\"tokenCharacters\":%llu,\"seconds\":%f,\"cpuSeconds\":%f,\"bytesBefore\":%llu,"
      "\"bytesAfter\":%llu,\"liveObjects\":%d,\"violations\":%u}\n",
      tally.succeeded, tally.token_characters, seconds.count(), cpu_seconds, before, after,
      AskFake<int>("fake_live_objects"), AskFake<unsigned>("fake_violations"));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return EXIT_FAILURE;
  try {
    Check(RoInitialize(RO_INIT_MULTITHREADED), "RoInitialize");
    Measure(std::atoi(argv[1]), std::atoi(argv[2]));
    RoUninitialize();
    return EXIT_SUCCESS;
  } catch (const Failure& failure) {
    std::fprintf(stderr, "%s: 0x%08lx\n", failure.step.c_str(), static_cast<unsigned long>(failure.hresult));
    return EXIT_FAILURE;
  }
}
