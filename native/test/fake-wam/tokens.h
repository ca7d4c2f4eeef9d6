// Token requests and their answers. The scenario says the answer: token.status, token.code, token.message,
// token.responses (how many, 1), token.token, token.account (a name), token.prop.<Name>, token.errorProp.<Name>,
// token.response.code (an error beside the token), token.echo=1 (the request's properties come back, and its property
// "token" as the token).
#pragma once

#include <string>

#include "collections.h"
#include "object.h"
#include "people.h"

namespace fake {

class FakeRequest final : public Object<TokenRequest, TokenRequest2, TokenRequest3> {
 public:
  FakeRequest(Ref<FakeProvider> provider, std::wstring scope, std::wstring client_id, INT32 prompt)
      : provider_(std::move(provider)), scope_(std::move(scope)), client_id_(std::move(client_id)), prompt_(prompt) {}

  const Ref<FakeProvider>& provider() const { return provider_; }
  const Entries& properties() const { return properties_->entries(); }
  void Write(Entry& entry) const;

  HRESULT STDMETHODCALLTYPE get_WebAccountProvider(AccountProvider** provider) override;
  HRESULT STDMETHODCALLTYPE get_Scope(HSTRING* scope) override { return HandOut(scope_, scope); }
  HRESULT STDMETHODCALLTYPE get_ClientId(HSTRING* clientId) override { return HandOut(client_id_, clientId); }
  HRESULT STDMETHODCALLTYPE get_PromptType(INT32* promptType) override;
  HRESULT STDMETHODCALLTYPE get_Properties(StringMap** properties) override;
  HRESULT STDMETHODCALLTYPE get_AppProperties(StringMap** properties) override;
  HRESULT STDMETHODCALLTYPE get_CorrelationId(HSTRING* id) override { return HandOut(correlation_id_, id); }
  HRESULT STDMETHODCALLTYPE put_CorrelationId(HSTRING id) override;

 protected:
  bool IsHidden(REFIID id) const override;

 private:
  Ref<FakeProvider> provider_;
  std::wstring scope_;
  std::wstring client_id_;
  INT32 prompt_;
  std::wstring correlation_id_;
  Ref<Map> properties_ = Make<Map>(Entries());
  Ref<Map> app_properties_ = Make<Map>(Entries());
};

class RequestFactory final : public Object<TokenRequestFactory, ActivationFactory> {
 public:
  HRESULT STDMETHODCALLTYPE Create(AccountProvider*, HSTRING, HSTRING, TokenRequest**) override;
  HRESULT STDMETHODCALLTYPE CreateWithPromptType(AccountProvider* provider, HSTRING scope, HSTRING clientId,
                                                 INT32 prompt, TokenRequest** request) override;
  HRESULT STDMETHODCALLTYPE CreateWithProvider(AccountProvider*, TokenRequest**) override;
  HRESULT STDMETHODCALLTYPE CreateWithScope(AccountProvider*, HSTRING, TokenRequest**) override;
  HRESULT STDMETHODCALLTYPE ActivateInstance(IInspectable**) override { return E_NOTIMPL; }

 private:
  FactoryMark mark_;
};

Ref<TokenResult> AnswerTo(const Ref<FakeRequest>& request);

Ref<FindAllResult> AccountsAnswer(const Ref<FakeProvider>& provider);

}  // namespace fake
