#include <winstring.h>

HRESULT WindowsCreateString(const wchar_t* text, UINT32 length, HSTRING* string) {
  *string = nullptr;
  if (length == 0) return S_OK;
  if (text == nullptr) return E_POINTER;
  auto* characters = new wchar_t[length];
  std::memcpy(characters, text, length * sizeof(wchar_t));
  *string = new HSTRING__{1, length, characters};
  return S_OK;
}

HRESULT WindowsDeleteString(HSTRING string) {
  if (string == nullptr || --string->references > 0) return S_OK;
  delete[] string->characters;
  delete string;
  return S_OK;
}

const wchar_t* WindowsGetStringRawBuffer(HSTRING string, UINT32* length) {
  static const wchar_t kEmpty[] = L"";
  if (length != nullptr) *length = string == nullptr ? 0 : string->length;
  return string == nullptr ? kEmpty : string->characters;
}
