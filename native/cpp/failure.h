// What is thrown when an operation cannot go on.
#pragma once

#include <windows.h>

#include <string>
#include <utility>

namespace wam {

struct Failure {
  enum class Kind { HResult, Cancelled, ProviderNotFound, AccountNotFound };

  static Failure Windows(HRESULT hresult, std::string step) {
    return {Kind::HResult, FAILED(hresult) ? hresult : E_UNEXPECTED, std::move(step)};
  }
  static Failure Cancelled(std::string step) { return {Kind::Cancelled, S_OK, std::move(step)}; }
  static Failure ProviderNotFound(std::string step) { return {Kind::ProviderNotFound, S_OK, std::move(step)}; }
  static Failure AccountNotFound(std::string step) { return {Kind::AccountNotFound, S_OK, std::move(step)}; }

  Kind kind;
  HRESULT hresult;   // Only for Kind::HResult.
  std::string step;  // The call that failed.
};

inline void Check(HRESULT hresult, const char* step) {
  if (FAILED(hresult)) throw Failure::Windows(hresult, step);
}

}  // namespace wam
