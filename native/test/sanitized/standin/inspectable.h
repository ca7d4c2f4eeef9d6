#pragma once

#include "windows.h"
#include "winstring.h"

struct IInspectable : IUnknown {
  virtual HRESULT GetIids(ULONG* count, IID** ids) = 0;
  virtual HRESULT GetRuntimeClassName(HSTRING* name) = 0;
  virtual HRESULT GetTrustLevel(INT32* level) = 0;
};
