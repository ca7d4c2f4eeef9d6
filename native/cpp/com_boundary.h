// The edge between Windows's calls into this module and our code: no exception crosses it.
#pragma once

#include <windows.h>

#include <new>

#include "failure.h"

namespace wam {

// Runs what Windows has called for, and says in an HRESULT what it threw.
template <class Work>
HRESULT AnswerWindows(Work work) noexcept {
  try {
    work();
    return S_OK;
  } catch (const Failure& failure) {
    return failure.hresult;
  } catch (const std::bad_alloc&) {
    return E_OUTOFMEMORY;
  } catch (...) {
    return E_UNEXPECTED;
  }
}

}  // namespace wam
