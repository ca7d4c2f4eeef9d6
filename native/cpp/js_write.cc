#include "js_write.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace wam {
namespace {

Napi::Value String(Napi::Env env, const Text& text) { return Napi::String::New(env, text.data(), text.size()); }

Napi::Value String(Napi::Env env, const char* text) { return Napi::String::New(env, text); }

Napi::Value Unsigned(Napi::Env env, HRESULT hresult) {
  return Napi::Number::New(env, static_cast<uint32_t>(hresult));
}

// Defines every entry as the object's own, also one whose key is "__proto__".
Napi::Value Map(Napi::Env env, const TextMap& map) {
  Napi::Object object = Napi::Object::New(env);
  std::vector<napi_property_descriptor> entries(map.size());
  for (std::size_t index = 0; index < map.size(); ++index) {
    entries[index].name = String(env, map[index].first);
    entries[index].value = String(env, map[index].second);
    entries[index].attributes = napi_default_jsproperty;
  }
  NAPI_THROW_IF_FAILED(env, napi_define_properties(env, object, entries.size(), entries.data()), object);
  return object;
}

Napi::Object AccountObject(Napi::Env env, const Account& account) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("id", String(env, account.id));
  object.Set("userName", String(env, account.user_name));
  object.Set("state", Napi::Number::New(env, account.state));
  object.Set("properties", Map(env, account.properties));
  return object;
}

void SetError(Napi::Object object, const std::optional<ProviderError>& error) {
  if (!error) return;
  const Napi::Env env = object.Env();
  Napi::Object details = Napi::Object::New(env);
  details.Set("errorCode", Napi::Number::New(env, error->code));
  details.Set("errorMessage", String(env, error->message));
  details.Set("errorProperties", Map(env, error->properties));
  object.Set("error", details);
}

Napi::Object ResponseObject(Napi::Env env, const Response& response) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("token", String(env, response.token));
  object.Set("properties", Map(env, response.properties));
  if (response.account) object.Set("account", AccountObject(env, *response.account));
  SetError(object, response.error);
  return object;
}

const char* NameOf(Failure::Kind kind) {
  switch (kind) {
    case Failure::Kind::Cancelled:
      return "WAM_CANCELLED";
    case Failure::Kind::ProviderNotFound:
      return "WAM_PROVIDER_NOT_FOUND";
    case Failure::Kind::AccountNotFound:
      return "WAM_ACCOUNT_NOT_FOUND";
    case Failure::Kind::HResult:
      break;
  }
  return "WAM_HRESULT";
}

const char* NameOf(Obstacle obstacle) {
  switch (obstacle) {
    case Obstacle::OsTooOld:
      return "os_too_old";
    case Obstacle::SessionZero:
      return "session_zero";
    case Obstacle::ServiceAccount:
      return "service_account";
    case Obstacle::NoDesktop:
      return "no_desktop";
    case Obstacle::ServiceDisabled:
      return "service_disabled";
    case Obstacle::WamMissing:
      return "wam_missing";
    case Obstacle::NotResponding:
      break;
  }
  return "not_responding";
}

const char* NameOf(ProductType type) {
  switch (type) {
    case ProductType::DomainController:
      return "domain_controller";
    case ProductType::Server:
      return "server";
    case ProductType::Workstation:
      break;
  }
  return "workstation";
}

const char* NameOf(WindowSource source) {
  switch (source) {
    case WindowSource::Given:
      return "given";
    case WindowSource::Console:
      return "console";
    case WindowSource::Foreground:
      return "foreground";
    case WindowSource::Desktop:
      break;
  }
  return "desktop";
}

}  // namespace

Napi::Value ToJs(Napi::Env env, const RequestResult& result) {
  Napi::Object object = Napi::Object::New(env);
  Napi::Array responses = Napi::Array::New(env, result.responses.size());
  for (std::size_t index = 0; index < result.responses.size(); ++index) {
    responses.Set(static_cast<uint32_t>(index), ResponseObject(env, result.responses[index]));
  }
  object.Set("status", Napi::Number::New(env, result.status));
  SetError(object, result.error);
  object.Set("responses", responses);
  return object;
}

Napi::Value ToJs(Napi::Env env, const ListResult& result) {
  Napi::Object object = Napi::Object::New(env);
  Napi::Array accounts = Napi::Array::New(env, result.accounts.size());
  for (std::size_t index = 0; index < result.accounts.size(); ++index) {
    accounts.Set(static_cast<uint32_t>(index), AccountObject(env, result.accounts[index]));
  }
  object.Set("status", Napi::Number::New(env, result.status));
  SetError(object, result.error);
  object.Set("accounts", accounts);
  return object;
}

Napi::Value ToJs(Napi::Env env, const std::optional<Account>& account) {
  return account ? AccountObject(env, *account) : env.Null();
}

Napi::Value ToJs(Napi::Env env, const std::optional<AccountKind>& kind) {
  if (!kind) return env.Null();
  return String(env, *kind == AccountKind::Consumers ? "consumers" : "organizations");
}

Napi::Value ToJs(Napi::Env env, const SignedOut& signed_out) {
  return Napi::Boolean::New(env, signed_out.account_found);
}

Napi::Value ToJs(Napi::Env env, const Probe& probe) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("available", Napi::Boolean::New(env, !probe.obstacle));
  if (probe.obstacle) object.Set("reason", String(env, NameOf(*probe.obstacle)));
  if (FAILED(probe.hresult)) object.Set("hresult", Unsigned(env, probe.hresult));
  object.Set("build", Napi::Number::New(env, probe.facts.build));
  object.Set("productType", String(env, NameOf(probe.facts.product_type)));
  object.Set("serverCore", Napi::Boolean::New(env, probe.facts.server_core));
  object.Set("sessionId", Napi::Number::New(env, probe.facts.session_id));
  object.Set("elevated", Napi::Boolean::New(env, probe.facts.elevated));
  Napi::Object features = Napi::Object::New(env);
  features.Set("listAccounts", Napi::Boolean::New(env, probe.can_list_accounts));
  features.Set("window", Napi::Boolean::New(env, probe.can_use_window));
  features.Set("correlationId", Napi::Boolean::New(env, probe.can_correlate));
  features.Set("accountPicker", Napi::Boolean::New(env, probe.can_pick_account));
  object.Set("features", features);
  return object;
}

Napi::Value ToJs(Napi::Env env, const OwnerWindow& window) {
  Napi::Object object = Napi::Object::New(env);
  const auto handle = static_cast<uint64_t>(reinterpret_cast<uintptr_t>(window.handle));
  object.Set("handle", Napi::BigInt::New(env, handle));
  object.Set("source", String(env, NameOf(window.source)));
  return object;
}

Napi::Value ToJs(Napi::Env env, const Failure& failure) {
  const Napi::Error error = Napi::Error::New(env, "The Windows Web Account Manager gave no answer");
  Napi::Object object = error.Value();
  object.Set("code", String(env, NameOf(failure.kind)));
  object.Set("step", String(env, failure.step.c_str()));
  if (failure.kind == Failure::Kind::HResult) object.Set("hresult", Unsigned(env, failure.hresult));
  return object;
}

}  // namespace wam
