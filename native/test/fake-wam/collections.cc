#include "collections.h"

#include <algorithm>

namespace fake {
namespace {

class Pair final : public Object<StringPair> {
 public:
  explicit Pair(std::pair<std::wstring, std::wstring> entry) : entry_(std::move(entry)) {}
  HRESULT STDMETHODCALLTYPE get_Key(HSTRING* key) override { return HandOut(entry_.first, key); }
  HRESULT STDMETHODCALLTYPE get_Value(HSTRING* value) override { return HandOut(entry_.second, value); }

 private:
  std::pair<std::wstring, std::wstring> entry_;
};

class Iterator final : public Object<StringPairIterator> {
 public:
  explicit Iterator(Entries entries) : entries_(std::move(entries)) {}
  HRESULT STDMETHODCALLTYPE get_Current(StringPair** pair) override {
    if (next_ >= entries_.size()) return kOutOfBounds;
    return HandOut(Make<Pair>(entries_[next_]).Get(), pair);
  }
  HRESULT STDMETHODCALLTYPE get_HasCurrent(BYTE* has) override {
    *has = next_ < entries_.size();
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE MoveNext(BYTE* has) override {
    if (next_ >= entries_.size()) return kOutOfBounds;
    ++next_;
    return get_HasCurrent(has);
  }
  HRESULT STDMETHODCALLTYPE GetMany(UINT32 capacity, StringPair** pairs, UINT32* count) override {
    for (*count = 0; *count < capacity && next_ < entries_.size(); ++*count, ++next_) {
      HandOut(Make<Pair>(entries_[next_]).Get(), &pairs[*count]);
    }
    return S_OK;
  }

 private:
  Entries entries_;
  std::size_t next_ = 0;
};

auto Find(const Entries& entries, HSTRING key) {
  return std::find_if(entries.begin(), entries.end(), [name = ToWide(key)](auto& entry) { return entry.first == name; });
}

HRESULT LookUp(const Entries& entries, HSTRING key, HSTRING* value) {
  const auto entry = Find(entries, key);
  return entry == entries.end() ? kOutOfBounds : HandOut(entry->second, value);
}

}  // namespace

HRESULT Map::Lookup(HSTRING key, HSTRING* value) { return LookUp(entries_, key, value); }

HRESULT Map::get_Size(UINT32* size) {
  *size = static_cast<UINT32>(entries_.size());
  return S_OK;
}

HRESULT Map::HasKey(HSTRING key, BYTE* found) {
  *found = Find(entries_, key) != entries_.end();
  return S_OK;
}

HRESULT Map::GetView(StringMapView** view) { return HandOut(Make<MapView>(entries_).Get(), view); }

HRESULT Map::Insert(HSTRING key, HSTRING value, BYTE* replaced) {
  if (const HRESULT failure = InjectedFailure("Insert"); FAILED(failure)) return failure;
  if (replaced == nullptr) return E_POINTER;
  const auto entry = Find(entries_, key);
  *replaced = entry != entries_.end();
  if (*replaced) {
    entries_[entry - entries_.begin()].second = ToWide(value);
  } else {
    entries_.emplace_back(ToWide(key), ToWide(value));
  }
  return S_OK;
}

HRESULT Map::Remove(HSTRING) { return E_NOTIMPL; }

HRESULT Map::Clear() {
  entries_.clear();
  return S_OK;
}

HRESULT Map::First(StringPairIterator** iterator) { return HandOut(Make<Iterator>(entries_).Get(), iterator); }

HRESULT MapView::Lookup(HSTRING key, HSTRING* value) { return LookUp(entries_, key, value); }

HRESULT MapView::get_Size(UINT32* size) {
  *size = static_cast<UINT32>(entries_.size());
  return S_OK;
}

HRESULT MapView::HasKey(HSTRING key, BYTE* found) {
  *found = Find(entries_, key) != entries_.end();
  return S_OK;
}

HRESULT MapView::Split(StringMapView**, StringMapView**) { return E_NOTIMPL; }

HRESULT MapView::First(StringPairIterator** iterator) { return HandOut(Make<Iterator>(entries_).Get(), iterator); }

std::string JsonOf(const Entries& entries) {
  std::string json = "{";
  for (const auto& [key, value] : entries) {
    if (json.size() > 1) json += ",";
    json += JsonString(key) + ":" + JsonString(value);
  }
  return json + "}";
}

}  // namespace fake
