// What crosses between the JavaScript thread and the worker: plain values, no COM object.
#pragma once

#include <windows.h>

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "failure.h"
#include "text.h"

namespace wam {

// How JavaScript names an operation, and whether somebody there waits for it.
struct OperationName {
  uint32_t id = 0;
  bool background = false;
};

enum class AccountKind { Organizations, Consumers };

struct ProviderName {
  Text id;
  Text authority;
};

struct TokenRequest {
  bool silent = true;
  bool invalidate_first = false;
  ProviderName provider;
  Text scope;
  Text client_id;
  int32_t prompt_type = 0;
  TextMap properties;
  TextMap app_properties;
  std::optional<Text> correlation_id;
  std::optional<Text> account_id;
  HWND window = nullptr;
};

struct Account {
  Text id;
  Text user_name;
  int32_t state = 0;
  TextMap properties;
};

struct ProviderError {
  uint32_t code = 0;
  Text message;
  TextMap properties;
};

struct Response {
  Text token;
  TextMap properties;
  std::optional<Account> account;
  std::optional<ProviderError> error;
};

struct RequestResult {
  int32_t status = 0;
  std::optional<ProviderError> error;
  std::vector<Response> responses;
};

struct ListResult {
  int32_t status = 0;
  std::optional<ProviderError> error;
  std::vector<Account> accounts;
};

struct SignedOut {
  bool account_found = false;
};

// How an operation ended.
using Outcome =
    std::variant<Failure, RequestResult, ListResult, std::optional<Account>, std::optional<AccountKind>, SignedOut>;

}  // namespace wam
