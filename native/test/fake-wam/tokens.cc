#include "tokens.h"

#include "apartment.h"
#include "operation.h"

namespace fake {
namespace {

class FakeError final : public Object<ProviderError> {
 public:
  FakeError(UINT32 code, std::wstring message) : code_(code), message_(std::move(message)) {}
  HRESULT STDMETHODCALLTYPE get_ErrorCode(UINT32* code) override {
    *code = code_;
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE get_ErrorMessage(HSTRING* message) override { return HandOut(message_, message); }
  HRESULT STDMETHODCALLTYPE get_Properties(StringMap** properties) override {
    if (const HRESULT failure = InjectedFailure("WebProviderError.Properties"); FAILED(failure)) return failure;
    return HandOut(Make<Map>(SettingsBelow(L"token.errorProp.")).Get(), properties);
  }

 private:
  UINT32 code_;
  std::wstring message_;
};

Ref<ProviderError> ErrorFrom(const std::wstring& prefix) {
  const auto code = Setting(prefix + L".code");
  if (!code) return {};
  return Ref<ProviderError>(
      Make<FakeError>(NumberSetting(prefix + L".code", 0), Setting(prefix + L".message", L"")).Get());
}

class FakeResponse final : public Object<TokenResponse> {
 public:
  explicit FakeResponse(Ref<FakeRequest> request) : request_(std::move(request)) {}

  HRESULT STDMETHODCALLTYPE get_Token(HSTRING* token) override {
    for (const auto& [key, value] : request_->properties()) {
      if (Echoes() && key == L"token") return HandOut(value, token);
    }
    return HandOut(Setting(L"token.token", L"access-token"), token);
  }
  HRESULT STDMETHODCALLTYPE get_ProviderError(ProviderError** error) override {
    return HandOut(ErrorFrom(L"token.response").Get(), error);
  }
  HRESULT STDMETHODCALLTYPE get_WebAccount(Account** account) override {
    return HandOut(AccountByName(request_->provider(), Setting(L"token.account", L"none")).Get(), account);
  }
  HRESULT STDMETHODCALLTYPE get_Properties(StringMap** properties) override {
    if (NumberSetting(L"token.nullProperties", 0) != 0) return HandOut(static_cast<StringMap*>(nullptr), properties);
    Entries entries = SettingsBelow(L"token.prop.");
    if (Echoes()) entries.insert(entries.end(), request_->properties().begin(), request_->properties().end());
    return HandOut(Make<Map>(std::move(entries)).Get(), properties);
  }

 private:
  static bool Echoes() { return NumberSetting(L"token.echo", 0) != 0; }

  Ref<FakeRequest> request_;
};

class FakeResult final : public Object<TokenResult> {
 public:
  explicit FakeResult(Ref<FakeRequest> request) : request_(std::move(request)) {}

  HRESULT STDMETHODCALLTYPE get_ResponseData(ResponseView** data) override {
    if (NumberSetting(L"token.nullData", 0) != 0) return HandOut(static_cast<ResponseView*>(nullptr), data);
    std::vector<Ref<TokenResponse>> responses(NumberSetting(L"token.responses", Status() == 0 ? 1 : 0));
    for (auto& response : responses) response = Ref<TokenResponse>(Make<FakeResponse>(request_).Get());
    return HandOut(Make<View<ResponseView, TokenResponse>>(std::move(responses)).Get(), data);
  }
  HRESULT STDMETHODCALLTYPE get_ResponseStatus(INT32* status) override {
    *status = Status();
    return InjectedFailure("get_ResponseStatus");
  }
  HRESULT STDMETHODCALLTYPE get_ResponseError(ProviderError** error) override {
    return HandOut(ErrorFrom(L"token").Get(), error);
  }
  HRESULT STDMETHODCALLTYPE InvalidateCacheAsync(Action** action) override {
    const Plan plan(L"invalidate");
    Entry("InvalidateCacheAsync");
    if (const HRESULT failure = Enter("InvalidateCacheAsync"); FAILED(failure)) return failure;
    return HandOut(Make<ActionOf>(plan).Get(), action);
  }

 private:
  static INT32 Status() { return static_cast<INT32>(NumberSetting(L"token.status", 0)); }

  Ref<FakeRequest> request_;
};

class FakeFindAll final : public Object<FindAllResult> {
 public:
  explicit FakeFindAll(Ref<FakeProvider> provider) : provider_(std::move(provider)) {}

  HRESULT STDMETHODCALLTYPE get_Accounts(AccountView** accounts) override {
    if (Status() != 0) return HandOut(static_cast<AccountView*>(nullptr), accounts);
    return HandOut(Make<View<AccountView, Account>>(AccountsOf(provider_)).Get(), accounts);
  }
  HRESULT STDMETHODCALLTYPE get_Status(INT32* status) override {
    *status = Status();
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE get_ProviderError(ProviderError** error) override {
    return HandOut(ErrorFrom(L"findAll").Get(), error);
  }

 private:
  INT32 Status() const {
    const UINT32 status = NumberSetting(L"findAll.status", 0);
    return static_cast<INT32>(provider_->IsConsumers() ? NumberSetting(L"findAll.consumersStatus", status) : status);
  }

  Ref<FakeProvider> provider_;
};

}  // namespace

void FakeRequest::Write(Entry& entry) const {
  entry.Add("authority", provider_->authority())
      .Add("scope", scope_)
      .Add("clientId", client_id_)
      .Add("promptType", static_cast<long long>(prompt_))
      .Add("correlationId", correlation_id_)
      .AddJson("properties", JsonOf(properties_->entries()))
      .AddJson("appProperties", JsonOf(app_properties_->entries()));
}

HRESULT FakeRequest::get_WebAccountProvider(AccountProvider** provider) { return HandOut(provider_.Get(), provider); }

HRESULT FakeRequest::get_PromptType(INT32* promptType) {
  *promptType = prompt_;
  return S_OK;
}

HRESULT FakeRequest::get_Properties(StringMap** properties) {
  if (const HRESULT failure = InjectedFailure("get_Properties"); FAILED(failure)) return failure;
  return HandOut(properties_.Get(), properties);
}

HRESULT FakeRequest::get_AppProperties(StringMap** properties) { return HandOut(app_properties_.Get(), properties); }

HRESULT FakeRequest::put_CorrelationId(HSTRING id) {
  correlation_id_ = ToWide(id);
  return InjectedFailure("put_CorrelationId");
}

bool FakeRequest::IsHidden(REFIID id) const {
  return (IsEqualGUID(id, TokenRequest2::id) && SettingHas(L"without", L"TokenRequest2")) ||
         (IsEqualGUID(id, TokenRequest3::id) && SettingHas(L"without", L"TokenRequest3"));
}

HRESULT RequestFactory::Create(AccountProvider*, HSTRING, HSTRING, TokenRequest**) { return E_NOTIMPL; }

HRESULT RequestFactory::CreateWithPromptType(AccountProvider* provider, HSTRING scope, HSTRING clientId, INT32 prompt,
                                             TokenRequest** request) {
  ExpectApartment("mta", "CreateWithPromptType");
  if (const HRESULT failure = Enter("CreateWithPromptType"); FAILED(failure)) return failure;
  if (IsNull("CreateWithPromptType")) return HandOut(static_cast<TokenRequest*>(nullptr), request);
  const auto own = Unwrap<AccountProvider, FakeProvider>(provider);
  if (!own) return E_INVALIDARG;
  return HandOut(Make<FakeRequest>(own, ToWide(scope), ToWide(clientId), prompt).Get(), request);
}

HRESULT RequestFactory::CreateWithProvider(AccountProvider*, TokenRequest**) { return E_NOTIMPL; }

HRESULT RequestFactory::CreateWithScope(AccountProvider*, HSTRING, TokenRequest**) { return E_NOTIMPL; }

Ref<TokenResult> AnswerTo(const Ref<FakeRequest>& request) {
  return Ref<TokenResult>(Make<FakeResult>(request).Get());
}

Ref<FindAllResult> AccountsAnswer(const Ref<FakeProvider>& provider) {
  return Ref<FindAllResult>(Make<FakeFindAll>(provider).Get());
}

}  // namespace fake
