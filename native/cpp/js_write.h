// Makes JavaScript values of results.
#pragma once

#include <napi.h>

#include "probe.h"
#include "values.h"
#include "window.h"

namespace wam {

Napi::Value ToJs(Napi::Env env, const RequestResult& result);
Napi::Value ToJs(Napi::Env env, const ListResult& result);
Napi::Value ToJs(Napi::Env env, const std::optional<Account>& account);
Napi::Value ToJs(Napi::Env env, const std::optional<AccountKind>& kind);
Napi::Value ToJs(Napi::Env env, const SignedOut& signed_out);
Napi::Value ToJs(Napi::Env env, const Probe& probe);
Napi::Value ToJs(Napi::Env env, const OwnerWindow& window);

// An Error with code, step and, for a call that Windows failed, hresult.
Napi::Value ToJs(Napi::Env env, const Failure& failure);

}  // namespace wam
