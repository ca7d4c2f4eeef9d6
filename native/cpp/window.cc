#include "window.h"

namespace wam {
namespace {

// The pseudo-console window of a modern terminal is owned by the window that the person sees.
HWND ConsoleOwner() {
  const HWND console = GetConsoleWindow();
  return console == nullptr ? nullptr : GetAncestor(console, GA_ROOTOWNER);
}

}  // namespace

OwnerWindow ResolveOwnerWindow(HWND given) {
  if (given != nullptr && IsWindow(given)) return {given, WindowSource::Given};

  const HWND console = ConsoleOwner();
  if (console != nullptr && IsWindowVisible(console)) return {console, WindowSource::Console};

  // Some terminals have a console window that nobody sees; a dialog that it owns would open behind them.
  const HWND foreground = GetForegroundWindow();
  const HWND desktop = GetDesktopWindow();
  if (foreground != nullptr && foreground != desktop && IsWindowVisible(foreground)) {
    return {foreground, WindowSource::Foreground};
  }
  return {desktop, WindowSource::Desktop};
}

}  // namespace wam
