// Windows.Foundation: how an asynchronous call is observed.
#pragma once

#include <inspectable.h>
#include <windows.h>

#include <cstdint>

#include "../wam_iids.h"

namespace wam::abi {

enum class AsyncStatus : int32_t { Started = 0, Completed = 1, Canceled = 2, Error = 3 };

struct IAsyncInfo : IInspectable {
  static constexpr GUID kIid = iid::IAsyncInfo;
  virtual HRESULT STDMETHODCALLTYPE get_Id(uint32_t* value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Status(AsyncStatus* value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_ErrorCode(HRESULT* value) = 0;
  virtual HRESULT STDMETHODCALLTYPE Cancel() = 0;
  virtual HRESULT STDMETHODCALLTYPE Close() = 0;
};

struct IAsyncAction;

// A delegate derives from IUnknown alone: Invoke is slot 3.
struct IAsyncActionCompletedHandler : IUnknown {
  static constexpr GUID kIid = iid::AsyncActionCompletedHandler;
  virtual HRESULT STDMETHODCALLTYPE Invoke(IAsyncAction* action, AsyncStatus status) = 0;
};

struct IAsyncAction : IInspectable {
  static constexpr GUID kIid = iid::IAsyncAction;
  using Handler = IAsyncActionCompletedHandler;
  virtual HRESULT STDMETHODCALLTYPE put_Completed(Handler* handler) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Completed(Handler** handler) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetResults() = 0;
};

// The ids of IAsyncOperation<T> and of its handler, by the default interface of T.
template <class T>
struct AsyncIds;

template <class T>
struct IAsyncOperation;

template <class T>
struct IAsyncOperationCompletedHandler : IUnknown {
  static constexpr GUID kIid = AsyncIds<T>::kHandler;
  virtual HRESULT STDMETHODCALLTYPE Invoke(IAsyncOperation<T>* operation, AsyncStatus status) = 0;
};

template <class T>
struct IAsyncOperation : IInspectable {
  static constexpr GUID kIid = AsyncIds<T>::kOperation;
  using Handler = IAsyncOperationCompletedHandler<T>;
  virtual HRESULT STDMETHODCALLTYPE put_Completed(Handler* handler) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Completed(Handler** handler) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetResults(T** result) = 0;
};

}  // namespace wam::abi
