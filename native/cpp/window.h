// The window that owns a dialog.
#pragma once

#include <windows.h>

namespace wam {

enum class WindowSource { Given, Console, Foreground, Desktop };

struct OwnerWindow {
  HWND handle = nullptr;
  WindowSource source = WindowSource::Desktop;
};

// The given window if it is one, else the visible window that shows the console, else the one that is in use, else the
// desktop.
OwnerWindow ResolveOwnerWindow(HWND given);

}  // namespace wam
