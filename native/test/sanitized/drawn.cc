#include "drawn.h"

#include <vector>

namespace drawn {

int live = 0;

namespace {

using namespace wam::abi;

// Counts references, and knows the interfaces that it is made of.
template <class... Interfaces>
class Object : public Interfaces... {
 public:
  explicit Object(Bytes& bytes) : bytes_(bytes) { ++live; }
  virtual ~Object() { --live; }

  HRESULT QueryInterface(REFIID id, void** object) override {
    *object = nullptr;
    if (bytes_.Seldom()) return E_NOINTERFACE;
    ((*object == nullptr && id == Interfaces::kIid ? void(*object = static_cast<Interfaces*>(this)) : void()), ...);
    if (*object == nullptr) return E_NOINTERFACE;
    AddRef();
    return S_OK;
  }
  ULONG AddRef() override { return ++references_; }
  ULONG Release() override {
    const ULONG left = --references_;
    if (left == 0) delete this;
    return left;
  }
  HRESULT GetIids(ULONG*, IID**) override { return E_NOTIMPL; }
  HRESULT GetRuntimeClassName(HSTRING*) override { return E_NOTIMPL; }
  HRESULT GetTrustLevel(INT32*) override { return E_NOTIMPL; }

 protected:
  HRESULT Say(HSTRING* value) {
    if (bytes_.Seldom()) return E_FAIL;
    const UINT32 length = bytes_.Next() % 40;
    std::vector<wchar_t> text(length);
    for (auto& character : text) character = static_cast<wchar_t>(bytes_.Next() << 8 | bytes_.Next());
    return WindowsCreateString(text.data(), length, value);
  }
  template <class Number>
  HRESULT Count(Number* value) {
    if (bytes_.Seldom()) return E_FAIL;
    *value = static_cast<Number>(bytes_.Number());
    return S_OK;
  }
  template <class Made, class Interface>
  HRESULT Hand(Interface** value) {
    if (bytes_.Seldom()) return E_FAIL;
    *value = bytes_.Seldom() ? nullptr : new Made(bytes_);
    return S_OK;
  }
  Bytes& bytes_;

 private:
  ULONG references_ = 1;
};

class Pair : public Object<IStringPair> {
 public:
  using Object::Object;
  HRESULT get_Key(HSTRING* value) override { return Say(value); }
  HRESULT get_Value(HSTRING* value) override { return Say(value); }
};

class Iterator : public Object<IStringPairIterator> {
 public:
  explicit Iterator(Bytes& bytes) : Object(bytes), left_(bytes.Next() % 6) {}
  HRESULT get_Current(IStringPair** value) override { return Hand<Pair>(value); }
  HRESULT get_HasCurrent(Boolean* value) override {
    // WinRT's true is one, and any other number but zero is, too.
    *value = static_cast<Boolean>(left_ > 0 ? 1 + bytes_.Next() % 255 : 0);
    return bytes_.Seldom() ? E_FAIL : S_OK;
  }
  HRESULT MoveNext(Boolean* value) override {
    if (left_ > 0) --left_;
    return get_HasCurrent(value);
  }
  HRESULT GetMany(uint32_t, IStringPair**, uint32_t*) override { return E_NOTIMPL; }

 private:
  int left_;
};

// A map, or the view of one.
template <class Map>
class MapOf : public Object<Map, IStringPairIterable> {
 public:
  using Object<Map, IStringPairIterable>::Object;
  HRESULT First(IStringPairIterator** value) override { return this->template Hand<Iterator>(value); }
  HRESULT Lookup(HSTRING, HSTRING*) override { return E_NOTIMPL; }
  HRESULT get_Size(uint32_t* value) override { return this->Count(value); }
  HRESULT HasKey(HSTRING, Boolean*) override { return E_NOTIMPL; }
};

class Map : public MapOf<IStringMap> {
 public:
  using MapOf::MapOf;
  HRESULT GetView(void**) override { return E_NOTIMPL; }
  HRESULT Insert(HSTRING, HSTRING, Boolean*) override { return E_NOTIMPL; }
  HRESULT Remove(HSTRING) override { return E_NOTIMPL; }
  HRESULT Clear() override { return E_NOTIMPL; }
};

class MapView : public MapOf<IStringMapView> {
 public:
  using MapOf::MapOf;
  HRESULT Split(IStringMapView**, IStringMapView**) override { return E_NOTIMPL; }
};

class ProviderError : public Object<IWebProviderError> {
 public:
  using Object::Object;
  HRESULT get_ErrorCode(uint32_t* value) override { return Count(value); }
  HRESULT get_ErrorMessage(HSTRING* value) override { return Say(value); }
  HRESULT get_Properties(IStringMap** value) override { return Hand<Map>(value); }
};

class Account : public Object<IWebAccount, IWebAccount2> {
 public:
  using Object::Object;
  HRESULT get_WebAccountProvider(IWebAccountProvider**) override { return E_NOTIMPL; }
  HRESULT get_UserName(HSTRING* value) override { return Say(value); }
  HRESULT get_State(int32_t* value) override { return Count(value); }
  HRESULT get_Id(HSTRING* value) override { return Say(value); }
  HRESULT get_Properties(IStringMapView** value) override { return Hand<MapView>(value); }
  HRESULT GetPictureAsync(int32_t, void**) override { return E_NOTIMPL; }
  HRESULT SignOutAsync(IAsyncAction**) override { return E_NOTIMPL; }
  HRESULT SignOutWithClientIdAsync(HSTRING, IAsyncAction**) override { return E_NOTIMPL; }
};

class TokenResponse : public Object<IWebTokenResponse> {
 public:
  using Object::Object;
  HRESULT get_Token(HSTRING* value) override { return Say(value); }
  HRESULT get_ProviderError(IWebProviderError** value) override { return Hand<ProviderError>(value); }
  HRESULT get_WebAccount(IWebAccount** value) override { return Hand<Account>(value); }
  HRESULT get_Properties(IStringMap** value) override { return Hand<Map>(value); }
};

template <class Item, class Made>
class Vector : public Object<IVectorView<Item>> {
 public:
  explicit Vector(Bytes& bytes) : Object<IVectorView<Item>>(bytes), size_(bytes.Next() % 4) {}
  HRESULT GetAt(uint32_t index, Item** value) override {
    *value = nullptr;
    return index < size_ ? this->template Hand<Made>(value) : E_BOUNDS;
  }
  // One that says more than it has.
  HRESULT get_Size(uint32_t* value) override {
    *value = this->bytes_.Seldom() ? this->bytes_.Number() : size_;
    return S_OK;
  }
  HRESULT IndexOf(Item*, uint32_t*, Boolean*) override { return E_NOTIMPL; }
  HRESULT GetMany(uint32_t, uint32_t, Item**, uint32_t*) override { return E_NOTIMPL; }

 private:
  uint32_t size_;
};

class RequestResult : public Object<IWebTokenRequestResult> {
 public:
  using Object::Object;
  HRESULT get_ResponseData(IVectorView<IWebTokenResponse>** value) override {
    return Hand<Vector<IWebTokenResponse, TokenResponse>>(value);
  }
  HRESULT get_ResponseStatus(int32_t* value) override {
    if (bytes_.Seldom()) return Count(value);
    *value = bytes_.Next() % 7;
    return S_OK;
  }
  HRESULT get_ResponseError(IWebProviderError** value) override { return Hand<ProviderError>(value); }
  HRESULT InvalidateCacheAsync(IAsyncAction**) override { return E_NOTIMPL; }
};

class AllAccounts : public Object<IFindAllAccountsResult> {
 public:
  using Object::Object;
  HRESULT get_Accounts(IVectorView<IWebAccount>** value) override { return Hand<Vector<IWebAccount, Account>>(value); }
  HRESULT get_Status(int32_t* value) override { return Count(value); }
  HRESULT get_ProviderError(IWebProviderError** value) override { return Hand<ProviderError>(value); }
};

}  // namespace

IWebTokenRequestResult* Result(Bytes& bytes) { return new RequestResult(bytes); }
IFindAllAccountsResult* List(Bytes& bytes) { return new AllAccounts(bytes); }

}  // namespace drawn
