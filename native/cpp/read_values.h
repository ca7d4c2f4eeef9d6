// Copies of WinRT objects as plain values.
#pragma once

#include <vector>

#include "com.h"
#include "values.h"
#include "wam_abi.h"

namespace wam {

// A property bag; null reads as empty.
TextMap ReadMap(const ComPtr<IInspectable>& map);

Account ReadAccount(const ComPtr<abi::IWebAccount>& account);

// Nothing when there is no error object.
std::optional<ProviderError> ReadError(const ComPtr<abi::IWebProviderError>& error);

RequestResult ReadResult(const ComPtr<abi::IWebTokenRequestResult>& result);

ListResult ReadList(const ComPtr<abi::IFindAllAccountsResult>& result);

}  // namespace wam
