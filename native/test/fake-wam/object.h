// COM objects that answer for exactly the interfaces they have, and count themselves.
#pragma once

#include <windows.h>
#include <winstring.h>

#include <atomic>
#include <string>

#include "fake_abi.h"
#include "journal.h"
#include "live_objects.h"
#include "scenario.h"

namespace fake {

// WinRT's "no such item"; older headers lack the name.
constexpr HRESULT kOutOfBounds = static_cast<HRESULT>(0x8000000B);

// An owned reference.
template <class T>
class Ref {
 public:
  Ref() = default;
  Ref(T* borrowed) : object_(borrowed) {
    if (object_ != nullptr) object_->AddRef();
  }
  Ref(const Ref& other) : Ref(other.object_) {}
  Ref& operator=(const Ref& other) {
    Ref copy(other);
    std::swap(object_, copy.object_);
    return *this;
  }
  ~Ref() {
    if (object_ != nullptr) object_->Release();
  }
  static Ref Adopt(T* owned) {
    Ref reference;
    reference.object_ = owned;
    return reference;
  }
  T* operator->() const { return object_; }
  T* Get() const { return object_; }
  explicit operator bool() const { return object_ != nullptr; }

 private:
  T* object_ = nullptr;
};

// Hands a reference to a caller.
template <class T, class U>
HRESULT HandOut(U* object, T** out) {
  if (out == nullptr) return E_POINTER;
  *out = object;
  if (object != nullptr) object->AddRef();
  return S_OK;
}

inline HRESULT HandOut(const std::wstring& text, HSTRING* out) {
  return WindowsCreateString(text.data(), static_cast<UINT32>(text.size()), out);
}

std::string GuidText(REFIID id);

// The scenario may take an interface away, as an older Windows would lack it: without=Manager4 ManagerInterop.
template <class First, class... Rest>
class Object : public First, public Rest... {
 public:
  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID id, void** object) override {
    if (object == nullptr) return E_POINTER;
    *object = nullptr;
    static constexpr GUID kUnknown = {0x00000000, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
    static constexpr GUID kInspectable = {0xaf86e2e0, 0xb12d, 0x4c6a, {0x9c, 0x5a, 0xd7, 0xaa, 0x65, 0x10, 0x1e, 0x90}};
    if (IsEqualGUID(id, kUnknown) || IsEqualGUID(id, kInspectable) || IsEqualGUID(id, First::id)) {
      *object = static_cast<First*>(this);
    }
    ((IsEqualGUID(id, Rest::id) ? void(*object = static_cast<Rest*>(this)) : void()), ...);
    if (*object == nullptr || IsHidden(id)) {
      *object = nullptr;
      if (!IsHidden(id)) Violation("QueryInterface for " + GuidText(id));
      return E_NOINTERFACE;
    }
    AddRef();
    return S_OK;
  }
  ULONG STDMETHODCALLTYPE AddRef() override { return ++references_; }
  ULONG STDMETHODCALLTYPE Release() override {
    const ULONG left = --references_;
    if (left == 0) delete this;
    return left;
  }
  HRESULT STDMETHODCALLTYPE GetIids(ULONG* count, IID** ids) override {
    *count = 0;
    *ids = nullptr;
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE GetRuntimeClassName(HSTRING* name) override { return HandOut(std::wstring(), name); }
  HRESULT STDMETHODCALLTYPE GetTrustLevel(TrustLevel* level) override {
    *level = BaseTrust;
    return S_OK;
  }

 protected:
  Object() { CountObject(+1); }
  virtual ~Object() { CountObject(-1); }

  // Whether the scenario hides the interface with this id.
  virtual bool IsHidden(REFIID) const { return false; }

 private:
  std::atomic<ULONG> references_{1};
};

template <class T, class... Arguments>
Ref<T> Make(Arguments&&... arguments) {
  return Ref<T>::Adopt(new T(std::forward<Arguments>(arguments)...));
}

// The fake's own object behind one of its interfaces; null for a null pointer and for a stranger.
template <class Interface, class Own>
Ref<Own> Unwrap(IInspectable* object) {
  Interface* found = nullptr;
  if (object == nullptr || FAILED(object->QueryInterface(Interface::id, reinterpret_cast<void**>(&found)))) return {};
  return Ref<Own>::Adopt(static_cast<Own*>(found));
}

// The HRESULT with which the scenario makes a method fail: fail.<Method>=0x80004005.
inline HRESULT InjectedFailure(const char* method) {
  const std::string name(method);
  return static_cast<HRESULT>(NumberSetting(L"fail." + std::wstring(name.begin(), name.end()), S_OK));
}

}  // namespace fake
