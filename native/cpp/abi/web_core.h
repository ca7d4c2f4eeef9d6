// Windows.Security.Authentication.Web.Core: token requests, their answers, and the manager itself.
#pragma once

#include "credentials.h"

namespace wam::abi {

struct IWebProviderError : IInspectable {
  static constexpr GUID kIid = iid::IWebProviderError;
  virtual HRESULT STDMETHODCALLTYPE get_ErrorCode(uint32_t* value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_ErrorMessage(HSTRING* value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Properties(IStringMap** value) = 0;
};

struct IWebTokenResponse : IInspectable {
  static constexpr GUID kIid = iid::IWebTokenResponse;
  virtual HRESULT STDMETHODCALLTYPE get_Token(HSTRING* value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_ProviderError(IWebProviderError** value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_WebAccount(IWebAccount** value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Properties(IStringMap** value) = 0;
};

struct IWebTokenRequestResult : IInspectable {
  static constexpr GUID kIid = iid::IWebTokenRequestResult;
  virtual HRESULT STDMETHODCALLTYPE get_ResponseData(IVectorView<IWebTokenResponse>** value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_ResponseStatus(int32_t* value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_ResponseError(IWebProviderError** value) = 0;
  virtual HRESULT STDMETHODCALLTYPE InvalidateCacheAsync(IAsyncAction** action) = 0;
};

struct IWebTokenRequest : IInspectable {
  static constexpr GUID kIid = iid::IWebTokenRequest;
  virtual HRESULT STDMETHODCALLTYPE get_WebAccountProvider(IWebAccountProvider** value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Scope(HSTRING* value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_ClientId(HSTRING* value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_PromptType(int32_t* value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Properties(IStringMap** value) = 0;
};

struct IWebTokenRequest2 : IInspectable {
  static constexpr GUID kIid = iid::IWebTokenRequest2;
  virtual HRESULT STDMETHODCALLTYPE get_AppProperties(IStringMap** value) = 0;
};

struct IWebTokenRequest3 : IInspectable {
  static constexpr GUID kIid = iid::IWebTokenRequest3;
  virtual HRESULT STDMETHODCALLTYPE get_CorrelationId(HSTRING* value) = 0;
  virtual HRESULT STDMETHODCALLTYPE put_CorrelationId(HSTRING value) = 0;
};

struct IWebTokenRequestFactory : IInspectable {
  static constexpr GUID kIid = iid::IWebTokenRequestFactory;
  virtual HRESULT STDMETHODCALLTYPE Create(IWebAccountProvider* provider, HSTRING scope, HSTRING client_id,
                                           IWebTokenRequest** request) = 0;
  virtual HRESULT STDMETHODCALLTYPE CreateWithPromptType(IWebAccountProvider* provider, HSTRING scope,
                                                         HSTRING client_id, int32_t prompt_type,
                                                         IWebTokenRequest** request) = 0;
  virtual HRESULT STDMETHODCALLTYPE CreateWithProvider(IWebAccountProvider* provider, IWebTokenRequest** request) = 0;
  virtual HRESULT STDMETHODCALLTYPE CreateWithScope(IWebAccountProvider* provider, HSTRING scope,
                                                    IWebTokenRequest** request) = 0;
};

struct IFindAllAccountsResult : IInspectable {
  static constexpr GUID kIid = iid::IFindAllAccountsResult;
  virtual HRESULT STDMETHODCALLTYPE get_Accounts(IVectorView<IWebAccount>** value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Status(int32_t* value) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_ProviderError(IWebProviderError** value) = 0;
};

template <>
struct AsyncIds<IWebTokenRequestResult> {
  static constexpr GUID kOperation = iid::IAsyncOperation_WebTokenRequestResult;
  static constexpr GUID kHandler = iid::AsyncOperationCompletedHandler_WebTokenRequestResult;
};

template <>
struct AsyncIds<IFindAllAccountsResult> {
  static constexpr GUID kOperation = iid::IAsyncOperation_FindAllAccountsResult;
  static constexpr GUID kHandler = iid::AsyncOperationCompletedHandler_FindAllAccountsResult;
};

template <>
struct VectorViewId<IWebTokenResponse> {
  static constexpr GUID kIid = iid::IVectorView_WebTokenResponse;
};

using TokenOperation = IAsyncOperation<IWebTokenRequestResult>;
using AccountOperation = IAsyncOperation<IWebAccount>;
using ProviderOperation = IAsyncOperation<IWebAccountProvider>;
using FindAllOperation = IAsyncOperation<IFindAllAccountsResult>;

struct IWebAuthenticationCoreManagerStatics : IInspectable {
  static constexpr GUID kIid = iid::IWebAuthenticationCoreManagerStatics;
  virtual HRESULT STDMETHODCALLTYPE GetTokenSilentlyAsync(IWebTokenRequest* request, TokenOperation** operation) = 0;
  virtual HRESULT STDMETHODCALLTYPE GetTokenSilentlyWithWebAccountAsync(IWebTokenRequest* request,
                                                                        IWebAccount* account,
                                                                        TokenOperation** operation) = 0;
  virtual HRESULT STDMETHODCALLTYPE RequestTokenAsync(IWebTokenRequest* request, TokenOperation** operation) = 0;
  virtual HRESULT STDMETHODCALLTYPE RequestTokenWithWebAccountAsync(IWebTokenRequest* request, IWebAccount* account,
                                                                    TokenOperation** operation) = 0;
  virtual HRESULT STDMETHODCALLTYPE FindAccountAsync(IWebAccountProvider* provider, HSTRING account_id,
                                                     AccountOperation** operation) = 0;
  virtual HRESULT STDMETHODCALLTYPE FindAccountProviderAsync(HSTRING provider_id, ProviderOperation** operation) = 0;
  virtual HRESULT STDMETHODCALLTYPE FindAccountProviderWithAuthorityAsync(HSTRING provider_id, HSTRING authority,
                                                                          ProviderOperation** operation) = 0;
};

// Windows 10 1803.
struct IWebAuthenticationCoreManagerStatics4 : IInspectable {
  static constexpr GUID kIid = iid::IWebAuthenticationCoreManagerStatics4;
  virtual HRESULT STDMETHODCALLTYPE FindAllAccountsAsync(IWebAccountProvider* provider,
                                                         FindAllOperation** operation) = 0;
  virtual HRESULT STDMETHODCALLTYPE FindAllAccountsWithClientIdAsync(IWebAccountProvider* provider, HSTRING client_id,
                                                                     FindAllOperation** operation) = 0;
  virtual HRESULT STDMETHODCALLTYPE FindSystemAccountProviderAsync(HSTRING provider_id,
                                                                   ProviderOperation** operation) = 0;
  virtual HRESULT STDMETHODCALLTYPE FindSystemAccountProviderWithAuthorityAsync(HSTRING provider_id, HSTRING authority,
                                                                                ProviderOperation** operation) = 0;
  virtual HRESULT STDMETHODCALLTYPE FindSystemAccountProviderWithAuthorityForUserAsync(
      HSTRING provider_id, HSTRING authority, IInspectable* user, ProviderOperation** operation) = 0;
};

// Asked for from the manager's factory. The result's id is that of TokenOperation.
struct IWebAuthenticationCoreManagerInterop : IInspectable {
  static constexpr GUID kIid = iid::IWebAuthenticationCoreManagerInterop;
  virtual HRESULT STDMETHODCALLTYPE RequestTokenForWindowAsync(HWND window, IInspectable* request, REFIID result_id,
                                                               void** operation) = 0;
  virtual HRESULT STDMETHODCALLTYPE RequestTokenWithWebAccountForWindowAsync(HWND window, IInspectable* request,
                                                                             IInspectable* account, REFIID result_id,
                                                                             void** operation) = 0;
};

}  // namespace wam::abi
