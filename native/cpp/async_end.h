// What the end of an asynchronous call means, as a Failure where it is one.
#pragma once

#include <string>

#include "com.h"
#include "wam_abi.h"

namespace wam {

// Throws unless the call completed: with Windows's own error, or as cancelled by Windows.
inline void CheckEnd(const ComPtr<abi::IAsyncInfo>& info, abi::AsyncStatus status, const char* step) {
  if (status == abi::AsyncStatus::Completed) return;
  if (status == abi::AsyncStatus::Canceled) {
    throw Failure::Windows(HRESULT_FROM_WIN32(ERROR_CANCELLED), std::string(step) + ".Canceled");
  }
  HRESULT error = E_UNEXPECTED;
  Check(info->get_ErrorCode(&error), step);
  throw Failure::Windows(error, std::string(step) + ".Error");
}

// For the HRESULT of GetResults.
inline void CheckResults(HRESULT hresult, const char* step) {
  if (FAILED(hresult)) throw Failure::Windows(hresult, std::string(step) + ".GetResults");
}

}  // namespace wam
