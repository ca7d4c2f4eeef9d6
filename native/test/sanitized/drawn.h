// Answers of WAM that are drawn from bytes: every call may fail, hand over nothing, or say something strange.
#pragma once

#include <cstddef>
#include <cstdint>

#include "wam_abi.h"

namespace drawn {

// Bytes to draw from; nothing but zeros once they are used up, with which every object is plain and ends.
class Bytes {
 public:
  Bytes(const uint8_t* data, std::size_t size) : data_(data), size_(size) {}

  uint8_t Next() { return at_ < size_ ? data_[at_++] : 0; }
  // Once in a while.
  bool Seldom() { return Next() > 0xF0; }
  uint32_t Number() {
    uint32_t value = 0;
    for (int index = 0; index < 4; ++index) value = value << 8 | Next();
    return value;
  }

 private:
  const uint8_t* data_;
  std::size_t size_;
  std::size_t at_ = 0;
};

// How many objects are alive.
extern int live;

wam::abi::IWebTokenRequestResult* Result(Bytes& bytes);
wam::abi::IFindAllAccountsResult* List(Bytes& bytes);

}  // namespace drawn
