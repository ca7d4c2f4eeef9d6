// An invisible window of this thread in the place of another window: the pane wants one of our own process.
#pragma once

#include <windows.h>

namespace wam {

class OwnedWindow {
 public:
  explicit OwnedWindow(HWND owner);
  ~OwnedWindow();

  OwnedWindow(const OwnedWindow&) = delete;
  OwnedWindow& operator=(const OwnedWindow&) = delete;

  HWND handle() const { return handle_; }

 private:
  HWND handle_;
};

}  // namespace wam
