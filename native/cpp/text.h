// Text that may be a token. Its memory is overwritten before it is freed.
#pragma once

#include <windows.h>

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace wam {

template <class T>
struct WipingAllocator {
  using value_type = T;

  WipingAllocator() = default;
  template <class U>
  WipingAllocator(const WipingAllocator<U>&) noexcept {}

  T* allocate(std::size_t count) { return std::allocator<T>().allocate(count); }
  void deallocate(T* memory, std::size_t count) noexcept {
    SecureZeroMemory(memory, count * sizeof(T));
    std::allocator<T>().deallocate(memory, count);
  }

  template <class U>
  bool operator==(const WipingAllocator<U>&) const noexcept {
    return true;
  }
  template <class U>
  bool operator!=(const WipingAllocator<U>&) const noexcept {
    return false;
  }
};

// UTF-16 as Windows and JavaScript both have it: any code units, also NUL and lone surrogates.
using Text = std::basic_string<char16_t, std::char_traits<char16_t>, WipingAllocator<char16_t>>;

// A property bag in the order in which it was given.
using TextMap = std::vector<std::pair<Text, Text>>;

}  // namespace wam
