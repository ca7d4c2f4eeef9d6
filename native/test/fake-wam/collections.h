// Maps and vector views.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "object.h"

namespace fake {

using Entries = std::vector<std::pair<std::wstring, std::wstring>>;

// A property bag; for the request's bags the journal names each Insert.
class Map final : public Object<StringMap, StringPairIterable> {
 public:
  explicit Map(Entries entries) : entries_(std::move(entries)) {}

  const Entries& entries() const { return entries_; }

  HRESULT STDMETHODCALLTYPE Lookup(HSTRING key, HSTRING* value) override;
  HRESULT STDMETHODCALLTYPE get_Size(UINT32* size) override;
  HRESULT STDMETHODCALLTYPE HasKey(HSTRING key, BYTE* found) override;
  HRESULT STDMETHODCALLTYPE GetView(StringMapView** view) override;
  HRESULT STDMETHODCALLTYPE Insert(HSTRING key, HSTRING value, BYTE* replaced) override;
  HRESULT STDMETHODCALLTYPE Remove(HSTRING key) override;
  HRESULT STDMETHODCALLTYPE Clear() override;
  HRESULT STDMETHODCALLTYPE First(StringPairIterator** iterator) override;

 private:
  Entries entries_;
};

class MapView final : public Object<StringMapView, StringPairIterable> {
 public:
  explicit MapView(Entries entries) : entries_(std::move(entries)) {}

  HRESULT STDMETHODCALLTYPE Lookup(HSTRING key, HSTRING* value) override;
  HRESULT STDMETHODCALLTYPE get_Size(UINT32* size) override;
  HRESULT STDMETHODCALLTYPE HasKey(HSTRING key, BYTE* found) override;
  HRESULT STDMETHODCALLTYPE Split(StringMapView** first, StringMapView** second) override;
  HRESULT STDMETHODCALLTYPE First(StringPairIterator** iterator) override;

 private:
  Entries entries_;
};

// A vector view of objects.
template <class Interface, class Item>
class View final : public Object<Interface> {
 public:
  explicit View(std::vector<Ref<Item>> items) : items_(std::move(items)) {}

  HRESULT STDMETHODCALLTYPE GetAt(UINT32 index, Item** item) override {
    if (index >= items_.size()) return kOutOfBounds;
    return HandOut(items_[index].Get(), item);
  }
  HRESULT STDMETHODCALLTYPE get_Size(UINT32* size) override {
    *size = static_cast<UINT32>(items_.size());
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE IndexOf(Item*, UINT32*, BYTE*) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE GetMany(UINT32, UINT32, Item**, UINT32*) override { return E_NOTIMPL; }

 private:
  std::vector<Ref<Item>> items_;
};

std::string JsonOf(const Entries& entries);

}  // namespace fake
