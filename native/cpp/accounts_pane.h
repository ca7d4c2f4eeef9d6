// The accounts pane and the thread it needs: a single-threaded apartment with a message loop and a window of its own.
#pragma once

#include <windows.h>

#include <atomic>
#include <optional>
#include <vector>

#include "com.h"
#include "values.h"
#include "wam_abi.h"

namespace wam {

struct PaneRow {
  AccountKind kind;
  ComPtr<abi::IWebAccountProvider> provider;
};

class AccountsPane {
 public:
  AccountsPane(HWND owner, std::vector<PaneRow> rows);
  ~AccountsPane();

  AccountsPane(const AccountsPane&) = delete;
  AccountsPane& operator=(const AccountsPane&) = delete;

  // Blocks the calling thread, which it makes a single-threaded apartment, until the pane is closed. The kind that was
  // chosen, none, or a Failure.
  Outcome Show();

  // From any thread, also before Show.
  void Close();

 private:
  std::optional<AccountKind> RunPane();
  void WaitFor(const ComPtr<abi::IAsyncAction>& action);

  HWND owner_;
  std::vector<PaneRow> rows_;
  HANDLE closed_;  // Set by Close.
};

}  // namespace wam
