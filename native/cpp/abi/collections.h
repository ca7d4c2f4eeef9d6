// Windows.Foundation.Collections, closed over the types that the Web Account Manager uses.
#pragma once

#include <inspectable.h>
#include <windows.h>

#include <cstdint>

#include "../wam_iids.h"

namespace wam::abi {

// WinRT's boolean is one byte.
using Boolean = unsigned char;
static_assert(sizeof(Boolean) == 1 && sizeof(HSTRING) == sizeof(void*) && sizeof(wchar_t) == 2);

struct IStringMap : IInspectable {
  static constexpr GUID kIid = iid::IMap_String_String;
  virtual HRESULT STDMETHODCALLTYPE Lookup(HSTRING key, HSTRING* value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Size(uint32_t* size) = 0;
  virtual HRESULT STDMETHODCALLTYPE HasKey(HSTRING key, Boolean* found) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetView(void** view) = 0;
  virtual HRESULT STDMETHODCALLTYPE Insert(HSTRING key, HSTRING value, Boolean* replaced) = 0;
  virtual HRESULT STDMETHODCALLTYPE Remove(HSTRING key) = 0;
  virtual HRESULT STDMETHODCALLTYPE Clear() = 0;
};

struct IStringMapView : IInspectable {
  static constexpr GUID kIid = iid::IMapView_String_String;
  virtual HRESULT STDMETHODCALLTYPE Lookup(HSTRING key, HSTRING* value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Size(uint32_t* size) = 0;
  virtual HRESULT STDMETHODCALLTYPE HasKey(HSTRING key, Boolean* found) = 0;
  virtual HRESULT STDMETHODCALLTYPE Split(IStringMapView** first, IStringMapView** second) = 0;
};

struct IStringPair : IInspectable {
  static constexpr GUID kIid = iid::IKeyValuePair_String_String;
  virtual HRESULT STDMETHODCALLTYPE get_Key(HSTRING* key) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Value(HSTRING* value) = 0;
};

struct IStringPairIterator : IInspectable {
  static constexpr GUID kIid = iid::IIterator_IKeyValuePair_String_String;
  virtual HRESULT STDMETHODCALLTYPE get_Current(IStringPair** current) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_HasCurrent(Boolean* has) = 0;
  virtual HRESULT STDMETHODCALLTYPE MoveNext(Boolean* has) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetMany(uint32_t capacity, IStringPair** items, uint32_t* count) = 0;
};

struct IStringPairIterable : IInspectable {
  static constexpr GUID kIid = iid::IIterable_IKeyValuePair_String_String;
  virtual HRESULT STDMETHODCALLTYPE First(IStringPairIterator** iterator) = 0;
};

// The id of IVectorView<T>, by the default interface of T.
template <class T>
struct VectorViewId;

template <class T>
struct IVectorView : IInspectable {
  static constexpr GUID kIid = VectorViewId<T>::kIid;
  virtual HRESULT STDMETHODCALLTYPE GetAt(uint32_t index, T** item) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Size(uint32_t* size) = 0;
  virtual HRESULT STDMETHODCALLTYPE IndexOf(T* item, uint32_t* index, Boolean* found) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetMany(uint32_t start, uint32_t capacity, T** items, uint32_t* count) = 0;
};

}  // namespace wam::abi
