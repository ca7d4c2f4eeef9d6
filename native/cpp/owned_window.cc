#include "owned_window.h"

#include "failure.h"

namespace wam {

OwnedWindow::OwnedWindow(HWND owner) {
  RECT place{};
  GetWindowRect(owner, &place);  // When it fails the window is at the origin, which does no harm.
  // Layered without attributes: the window is there, and shows nothing.
  handle_ = CreateWindowExW(WS_EX_LAYERED | WS_EX_TOOLWINDOW, L"Static", L"", WS_POPUP | WS_VISIBLE, place.left,
                            place.top, place.right - place.left, place.bottom - place.top, owner, nullptr, nullptr,
                            nullptr);
  if (handle_ == nullptr) throw Failure::Windows(HRESULT_FROM_WIN32(GetLastError()), "CreateWindowEx");
  SetForegroundWindow(handle_);
}

OwnedWindow::~OwnedWindow() { DestroyWindow(handle_); }

}  // namespace wam
