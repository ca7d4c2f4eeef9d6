#include "js_read.h"

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>

namespace wam {
namespace {

constexpr char16_t kDefaultProvider[] = u"https://login.microsoft.com";

[[noreturn]] void ThrowTypeError(Napi::Env env, const std::string& message) {
  auto error = Napi::TypeError::New(env, message);
  error.Set("code", Napi::String::New(env, "ERR_INVALID_ARG_TYPE"));
  throw error;
}

// Every code unit, as it is: no conversion, also of lone surrogates and NUL.
Text ToText(const Napi::Value& value) {
  const Napi::Env env = value.Env();
  std::size_t length = 0;
  NAPI_THROW_IF_FAILED(env, napi_get_value_string_utf16(env, value, nullptr, 0, &length), Text());
  Text text(length, u'\0');
  NAPI_THROW_IF_FAILED(env, napi_get_value_string_utf16(env, value, text.data(), length + 1, &length), Text());
  return text;
}

TextMap ToMap(const Napi::Object& object, const char* name) {
  napi_value names = nullptr;
  NAPI_THROW_IF_FAILED(
      object.Env(),
      napi_get_all_property_names(object.Env(), object, napi_key_own_only,
                                  static_cast<napi_key_filter>(napi_key_enumerable | napi_key_skip_symbols),
                                  napi_key_numbers_to_strings, &names),
      TextMap());
  const Napi::Array keys(object.Env(), names);
  TextMap map;
  map.reserve(keys.Length());
  for (uint32_t index = 0; index < keys.Length(); ++index) {
    const Napi::Value key = keys[index];
    const Napi::Value value = object.Get(key);
    if (!value.IsString()) {
      ThrowTypeError(object.Env(), std::string(name) + "." + key.ToString().Utf8Value() + " must be a string");
    }
    map.emplace_back(ToText(key), ToText(value));
  }
  return map;
}

}  // namespace

ArgumentReader::ArgumentReader(const Napi::CallbackInfo& info) : env_(info.Env()) {
  if (!info[0].IsObject()) ThrowTypeError(env_, "the operation must be an object");
  object_ = info[0].As<Napi::Object>();
}

OperationName ArgumentReader::Operation() const {
  return {ReadOperationId(object_.Get("operationId")), OptionalFlag("background")};
}

ProviderName ArgumentReader::Provider() const {
  return {OptionalString("providerId").value_or(kDefaultProvider), String("providerAuthority")};
}

HWND ArgumentReader::Window() const { return ReadWindow(object_.Get("windowHandle")); }

std::vector<AccountKind> ArgumentReader::Kinds() const {
  const Napi::Value value = Required("kinds");
  if (!value.IsArray() || value.As<Napi::Array>().Length() == 0) Refuse("kinds", "an array with at least one kind");
  const auto array = value.As<Napi::Array>();
  std::vector<AccountKind> kinds;
  for (uint32_t index = 0; index < array.Length(); ++index) {
    const Napi::Value kind = array[index];
    const Text text = kind.IsString() ? ToText(kind) : Text();
    if (text != u"organizations" && text != u"consumers") Refuse("kinds", "of \"organizations\" and \"consumers\"");
    kinds.push_back(text == u"consumers" ? AccountKind::Consumers : AccountKind::Organizations);
  }
  return kinds;
}

TokenRequest ArgumentReader::Request() const {
  TokenRequest request;
  const Text mode = String("mode");
  if (mode != u"silent" && mode != u"window") Refuse("mode", "\"silent\" or \"window\"");
  request.silent = mode == u"silent";
  request.provider = Provider();
  request.scope = String("scope");
  request.client_id = String("clientId");
  request.properties = OptionalMap("properties");
  request.app_properties = OptionalMap("appProperties");
  request.correlation_id = OptionalString("correlationId");
  request.account_id = OptionalString("webAccountId");
  request.window = Window();
  if (const auto prompt = Optional("promptType")) {
    if (!prompt->IsNumber()) Refuse("promptType", "a number");
    request.prompt_type = prompt->As<Napi::Number>().Int32Value();
  }
  request.invalidate_first = OptionalFlag("invalidateFirst");
  return request;
}

Text ArgumentReader::String(const char* name) const {
  const Napi::Value value = Required(name);
  if (!value.IsString()) Refuse(name, "a string");
  return ToText(value);
}

std::optional<Napi::Value> ArgumentReader::Optional(const char* name) const {
  const Napi::Value value = object_.Get(name);
  return value.IsUndefined() ? std::nullopt : std::optional(value);
}

Napi::Value ArgumentReader::Required(const char* name) const {
  const auto value = Optional(name);
  if (!value) Refuse(name, "given");
  return *value;
}

std::optional<Text> ArgumentReader::OptionalString(const char* name) const {
  return Optional(name) ? std::optional(String(name)) : std::nullopt;
}

TextMap ArgumentReader::OptionalMap(const char* name) const {
  const auto value = Optional(name);
  if (!value) return {};
  if (!value->IsObject()) Refuse(name, "an object of strings");
  return ToMap(value->As<Napi::Object>(), name);
}

bool ArgumentReader::OptionalFlag(const char* name) const {
  const auto value = Optional(name);
  if (!value) return false;
  if (!value->IsBoolean()) Refuse(name, "a boolean");
  return value->As<Napi::Boolean>().Value();
}

void ArgumentReader::Refuse(const char* name, const char* wanted) const {
  ThrowTypeError(env_, std::string(name) + " must be " + wanted);
}

HWND ReadWindow(const Napi::Value& value) {
  bool lossless = false;
  const uint64_t handle = value.IsBigInt() ? value.As<Napi::BigInt>().Uint64Value(&lossless) : 0;
  if (!lossless) ThrowTypeError(value.Env(), "windowHandle must be a bigint of 64 bits");
  return reinterpret_cast<HWND>(static_cast<uintptr_t>(handle));
}

uint32_t ReadOperationId(const Napi::Value& value) {
  const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : -1;
  if (!(number >= 0 && number <= UINT32_MAX && std::trunc(number) == number)) {
    ThrowTypeError(value.Env(), "operationId must be a whole number from 0 to 2^32-1");
  }
  return static_cast<uint32_t>(number);
}

}  // namespace wam
