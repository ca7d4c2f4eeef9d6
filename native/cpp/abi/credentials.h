// Windows.Security.Credentials: accounts and the providers they belong to.
#pragma once

#include "async.h"
#include "collections.h"

namespace wam::abi {

struct IWebAccountProvider : IInspectable {
  static constexpr GUID kIid = iid::IWebAccountProvider;
  virtual HRESULT STDMETHODCALLTYPE get_Id(HSTRING* value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_DisplayName(HSTRING* value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_IconUri(IInspectable** value) = 0;
};

struct IWebAccountProvider2 : IInspectable {
  static constexpr GUID kIid = iid::IWebAccountProvider2;
  virtual HRESULT STDMETHODCALLTYPE get_DisplayPurpose(HSTRING* value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Authority(HSTRING* value) = 0;
};

struct IWebAccount : IInspectable {
  static constexpr GUID kIid = iid::IWebAccount;
  virtual HRESULT STDMETHODCALLTYPE get_WebAccountProvider(IWebAccountProvider** value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_UserName(HSTRING* value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_State(int32_t* value) = 0;
};

struct IWebAccount2 : IInspectable {
  static constexpr GUID kIid = iid::IWebAccount2;
  virtual HRESULT STDMETHODCALLTYPE get_Id(HSTRING* value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Properties(IStringMapView** value) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetPictureAsync(int32_t size, void** operation) = 0;
  virtual HRESULT STDMETHODCALLTYPE SignOutAsync(IAsyncAction** action) = 0;
  virtual HRESULT STDMETHODCALLTYPE SignOutWithClientIdAsync(HSTRING client_id, IAsyncAction** action) = 0;
};

template <>
struct AsyncIds<IWebAccountProvider> {
  static constexpr GUID kOperation = iid::IAsyncOperation_WebAccountProvider;
  static constexpr GUID kHandler = iid::AsyncOperationCompletedHandler_WebAccountProvider;
};

template <>
struct AsyncIds<IWebAccount> {
  static constexpr GUID kOperation = iid::IAsyncOperation_WebAccount;
  static constexpr GUID kHandler = iid::AsyncOperationCompletedHandler_WebAccount;
};

template <>
struct VectorViewId<IWebAccount> {
  static constexpr GUID kIid = iid::IVectorView_WebAccount;
};

}  // namespace wam::abi
