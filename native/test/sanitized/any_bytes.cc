// In place of libFuzzer, where there is none: bytes by lot, the same ones each time.
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size);

int main(int count, char** arguments) {
  const long runs = count > 1 ? std::atol(arguments[1]) : 100'000;
  std::mt19937 lot(1601);
  for (long run = 0; run < runs; ++run) {
    std::vector<unsigned char> bytes(lot() % 2'000);
    // Some runs are full of the bytes that make a call fail, most are not.
    const auto highest = run % 4 == 0 ? 256U : 242U;
    for (auto& each : bytes) each = static_cast<unsigned char>(lot() % highest);
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
  }
  std::printf("%ld inputs\n", runs);
}
