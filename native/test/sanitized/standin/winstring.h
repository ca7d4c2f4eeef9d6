#pragma once

#include "windows.h"

// A string that has nothing behind its last character: who reads on is found.
struct HSTRING__ {
  ULONG references;
  UINT32 length;
  wchar_t* characters;
};
using HSTRING = HSTRING__*;

HRESULT WindowsCreateString(const wchar_t* text, UINT32 length, HSTRING* string);
HRESULT WindowsDeleteString(HSTRING string);
const wchar_t* WindowsGetStringRawBuffer(HSTRING string, UINT32* length);
