// Owning pointers for COM objects and WinRT strings.
#pragma once

#include <roapi.h>
#include <windows.h>
#include <winstring.h>

#include <utility>

#include "failure.h"
#include "text.h"

namespace wam {

template <class T>
class ComPtr {
 public:
  ComPtr() = default;
  ComPtr(std::nullptr_t) {}
  explicit ComPtr(T* borrowed) : object_(borrowed) {
    if (object_ != nullptr) object_->AddRef();
  }
  ComPtr(const ComPtr& other) : ComPtr(other.object_) {}
  ComPtr(ComPtr&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  ComPtr& operator=(ComPtr other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }
  ~ComPtr() {
    if (object_ != nullptr) object_->Release();
  }

  T* operator->() const { return object_; }
  T* Get() const { return object_; }
  explicit operator bool() const { return object_ != nullptr; }

  // For an out parameter, which hands over a reference.
  T** Put() {
    *this = nullptr;
    return &object_;
  }
  void** PutVoid() { return reinterpret_cast<void**>(Put()); }

  // Takes over a reference that somebody else counted.
  static ComPtr Adopt(T* owned) {
    ComPtr pointer;
    pointer.object_ = owned;
    return pointer;
  }

  template <class U>
  ComPtr<U> TryAs() const {
    ComPtr<U> other;
    if (object_ != nullptr && FAILED(object_->QueryInterface(U::kIid, other.PutVoid()))) return nullptr;
    return other;
  }

  // Throws a Failure when the object does not have the interface.
  template <class U>
  ComPtr<U> As(const char* step) const {
    ComPtr<U> other;
    Check(object_ == nullptr ? E_POINTER : object_->QueryInterface(U::kIid, other.PutVoid()), step);
    return other;
  }

 private:
  T* object_ = nullptr;
};

class HString {
 public:
  HString() = default;
  explicit HString(const Text& text) : HString(reinterpret_cast<const wchar_t*>(text.data()), text.size()) {}
  HString(const wchar_t* text, std::size_t length) {
    if (length > UINT32_MAX) throw Failure::Windows(E_INVALIDARG, "WindowsCreateString");
    Check(WindowsCreateString(text, static_cast<UINT32>(length), &string_), "WindowsCreateString");
  }
  HString(const HString&) = delete;
  HString& operator=(const HString&) = delete;
  ~HString() { WindowsDeleteString(string_); }

  HSTRING Get() const { return string_; }
  HSTRING* Put() {
    WindowsDeleteString(std::exchange(string_, nullptr));
    return &string_;
  }
  Text ToText() const {
    UINT32 length = 0;
    const wchar_t* characters = WindowsGetStringRawBuffer(string_, &length);
    return {reinterpret_cast<const char16_t*>(characters), length};
  }

 private:
  HSTRING string_ = nullptr;  // Null is the empty string.
};

// Calls a getter that hands over a string, and copies it.
template <class Object, class Getter>
Text ReadText(Object* object, Getter getter, const char* step) {
  HString value;
  Check((object->*getter)(value.Put()), step);
  return value.ToText();
}

// Calls a getter that hands over an object; the object may be null.
template <class T, class Object, class Getter>
ComPtr<T> ReadObject(Object* object, Getter getter, const char* step) {
  ComPtr<T> value;
  Check((object->*getter)(value.Put()), step);
  return value;
}

// Calls a getter that hands over a number.
template <class T, class Object, class Getter>
T ReadNumber(Object* object, Getter getter, const char* step) {
  T value{};
  Check((object->*getter)(&value), step);
  return value;
}

// The factory of a runtime class, as the interface T.
template <class T, std::size_t size>
ComPtr<T> ActivationFactory(const wchar_t (&class_name)[size], const char* step) {
  HString name(class_name, size - 1);
  ComPtr<T> factory;
  Check(RoGetActivationFactory(name.Get(), T::kIid, factory.PutVoid()), step);
  return factory;
}

}  // namespace wam
