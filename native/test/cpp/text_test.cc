// Whether the memory of a Text holds nothing when it is freed. This program's own operator delete looks before it frees.
#include "text.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

namespace {

constexpr std::size_t kLength = 1000;
char16_t* watched = nullptr;
bool freed = false;
bool wiped = false;

void LookAndFree(void* memory) {
  if (memory != nullptr && memory == watched) {
    freed = true;
    wiped = true;
    for (std::size_t index = 0; index < kLength; ++index) wiped = wiped && watched[index] == 0;
    watched = nullptr;
  }
  std::free(memory);
}

bool Report(const char* name, bool passed) {
  std::printf("%s: %s\n", name, passed ? "wiped" : "NOT WIPED");
  return passed;
}

template <class Work>
bool Watch(const char* name, Work work) {
  freed = false;
  wiped = false;
  work();
  return Report(name, freed && wiped);
}

}  // namespace

void* operator new(std::size_t size) {
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { LookAndFree(memory); }
void operator delete(void* memory, std::size_t) noexcept { LookAndFree(memory); }

int main() {
  using wam::Text;
  const bool destroyed = Watch("destroyed", [] {
    Text token(kLength, u't');
    watched = token.data();
  });
  const bool grown = Watch("grown", [] {
    Text token(kLength, u't');
    watched = token.data();
    token.append(10 * kLength, u'u');
  });
  const bool assigned = Watch("assigned over", [] {
    Text token(kLength, u't');
    watched = token.data();
    token = Text(2 * kLength, u'u');
  });
  const bool in_map = Watch("in a property bag", [] {
    wam::TextMap map;
    map.emplace_back(u"id_token", Text(kLength, u't'));
    watched = map.front().second.data();
  });
  return destroyed && grown && assigned && in_map ? EXIT_SUCCESS : EXIT_FAILURE;
}
