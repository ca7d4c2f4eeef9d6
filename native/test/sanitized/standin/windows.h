// As much of Windows's headers as the addon needs without the functions that read, ask and show, for compilers that know
// no Windows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#define STDMETHODCALLTYPE

using HRESULT = int32_t;
using UINT32 = uint32_t;
using INT32 = int32_t;
using DWORD = uint32_t;
using ULONG = uint32_t;
using BOOL = int32_t;
using HWND = void*;
using HMODULE = void*;
using LPCWSTR = const wchar_t*;

struct GUID {
  uint32_t Data1;
  uint16_t Data2;
  uint16_t Data3;
  uint8_t Data4[8];
};
using IID = GUID;
using REFIID = const GUID&;

inline bool IsEqualGUID(const GUID& one, const GUID& other) { return std::memcmp(&one, &other, sizeof(GUID)) == 0; }
inline bool operator==(const GUID& one, const GUID& other) { return IsEqualGUID(one, other); }

constexpr HRESULT S_OK = 0;
constexpr HRESULT E_NOTIMPL = static_cast<HRESULT>(0x80004001);
constexpr HRESULT E_NOINTERFACE = static_cast<HRESULT>(0x80004002);
constexpr HRESULT E_POINTER = static_cast<HRESULT>(0x80004003);
constexpr HRESULT E_FAIL = static_cast<HRESULT>(0x80004005);
constexpr HRESULT E_UNEXPECTED = static_cast<HRESULT>(0x8000FFFF);
constexpr HRESULT E_OUTOFMEMORY = static_cast<HRESULT>(0x8007000E);
constexpr HRESULT E_BOUNDS = static_cast<HRESULT>(0x8000000B);
constexpr HRESULT E_INVALIDARG = static_cast<HRESULT>(0x80070057);

constexpr bool FAILED(HRESULT result) { return result < 0; }
constexpr bool SUCCEEDED(HRESULT result) { return result >= 0; }

constexpr DWORD ERROR_CANCELLED = 1223;
constexpr HRESULT HRESULT_FROM_WIN32(DWORD error) { return static_cast<HRESULT>(0x80070000 | error); }

constexpr DWORD GET_MODULE_HANDLE_EX_FLAG_PIN = 1;
constexpr DWORD GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS = 4;
inline BOOL GetModuleHandleExW(DWORD, LPCWSTR, HMODULE*) { return 1; }

inline void SecureZeroMemory(void* memory, std::size_t count) {
  volatile auto* bytes = static_cast<volatile unsigned char*>(memory);
  while (count-- > 0) *bytes++ = 0;
}

struct IUnknown {
  virtual HRESULT QueryInterface(REFIID id, void** object) = 0;
  virtual ULONG AddRef() = 0;
  virtual ULONG Release() = 0;
};
