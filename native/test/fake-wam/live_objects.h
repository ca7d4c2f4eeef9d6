// How many of the fake's objects exist. Factories count apart: a caller may keep them.
#pragma once

namespace fake {

void CountObject(int change);
int LiveObjects();
int LiveFactories();

// Put into a class, counts its objects as factories.
class FactoryMark {
 public:
  FactoryMark();
  ~FactoryMark();
  FactoryMark(const FactoryMark&) = delete;
  FactoryMark& operator=(const FactoryMark&) = delete;
};

// Waits until at most so many exist; false when the time is over.
bool WaitForLiveObjects(int wanted, unsigned milliseconds);

}  // namespace fake
