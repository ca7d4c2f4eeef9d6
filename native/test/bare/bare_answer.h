// WAM's answer to a token request, as plain strings and numbers: all that the addon reads of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "com.h"
#include "wam_abi.h"

namespace bare {

using Properties = std::vector<std::pair<std::wstring, std::wstring>>;

struct Account {
  std::wstring id;
  std::wstring user_name;
  int32_t state;
  Properties properties;
};

struct Error {
  uint32_t code;
  std::wstring message;
  Properties properties;
};

struct Response {
  std::wstring token;
  Properties properties;
  std::optional<Error> error;
  std::optional<Account> account;
};

struct Answer {
  int32_t status;
  std::optional<Error> error;
  std::vector<Response> responses;
};

Answer ReadAnswer(const wam::ComPtr<wam::abi::IWebTokenRequestResult>& result);

}  // namespace bare
