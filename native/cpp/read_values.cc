#include "read_values.h"

#include <utility>

namespace wam {
namespace {

template <class T>
ComPtr<IInspectable> Inspectable(const ComPtr<T>& object) {
  return ComPtr<IInspectable>(object.Get());
}

// A vector that is null reads as empty.
template <class T, class Read>
auto ReadVector(const ComPtr<abi::IVectorView<T>>& vector, const char* step, Read read) {
  std::vector<decltype(read(std::declval<ComPtr<T>>()))> items;
  if (!vector) return items;
  uint32_t size = 0;
  Check(vector->get_Size(&size), step);
  // Taken one by one: what a vector says of its size need not be true.
  for (uint32_t index = 0; index < size; ++index) {
    ComPtr<T> item;
    Check(vector->GetAt(index, item.Put()), step);
    if (!item) throw Failure::Windows(E_POINTER, step);
    items.push_back(read(item));
  }
  return items;
}

// What `read` gives, or nothing where Windows does not give it: a detail, without which the answer is still one.
template <class Read>
auto IfReadable(Read read) -> decltype(read()) {
  try {
    return read();
  } catch (const Failure&) {
    return {};
  }
}

Response ReadResponse(const ComPtr<abi::IWebTokenResponse>& response) {
  using abi::IWebTokenResponse;
  Response values;
  values.token = ReadText(response.Get(), &IWebTokenResponse::get_Token, "WebTokenResponse.Token");
  values.properties = IfReadable([&] {
    return ReadMap(Inspectable(ReadObject<abi::IStringMap>(response.Get(), &IWebTokenResponse::get_Properties,
                                                           "WebTokenResponse.Properties")));
  });
  values.error = IfReadable([&] {
    return ReadError(ReadObject<abi::IWebProviderError>(response.Get(), &IWebTokenResponse::get_ProviderError,
                                                        "WebTokenResponse.ProviderError"));
  });
  values.account = IfReadable([&]() -> std::optional<Account> {
    const auto account = ReadObject<abi::IWebAccount>(response.Get(), &IWebTokenResponse::get_WebAccount,
                                                      "WebTokenResponse.WebAccount");
    return account ? std::optional(ReadAccount(account)) : std::nullopt;
  });
  return values;
}

// An account without an id could not be asked for again.
std::optional<Account> ReadAccountIfNamed(const ComPtr<abi::IWebAccount>& account) {
  return IfReadable([&] { return std::optional(ReadAccount(account)); });
}

// Of WebTokenRequestStatus: those that come with a token.
constexpr int32_t kSuccess = 0;
constexpr int32_t kAccountSwitch = 2;

}  // namespace

TextMap ReadMap(const ComPtr<IInspectable>& map) {
  static constexpr char kStep[] = "IIterable<IKeyValuePair<String,String>>";
  TextMap entries;
  if (!map) return entries;
  ComPtr<abi::IStringPairIterator> iterator;
  Check(map.As<abi::IStringPairIterable>(kStep)->First(iterator.Put()), kStep);
  if (!iterator) throw Failure::Windows(E_POINTER, kStep);
  abi::Boolean more = 0;
  Check(iterator->get_HasCurrent(&more), kStep);
  while (more != 0) {
    const auto pair = ReadObject<abi::IStringPair>(iterator.Get(), &abi::IStringPairIterator::get_Current, kStep);
    if (!pair) throw Failure::Windows(E_POINTER, kStep);
    Text key = ReadText(pair.Get(), &abi::IStringPair::get_Key, kStep);
    entries.emplace_back(std::move(key), ReadText(pair.Get(), &abi::IStringPair::get_Value, kStep));
    Check(iterator->MoveNext(&more), kStep);
  }
  return entries;
}

Account ReadAccount(const ComPtr<abi::IWebAccount>& account) {
  const auto details = account.As<abi::IWebAccount2>("IWebAccount2");
  Account values;
  values.id = ReadText(details.Get(), &abi::IWebAccount2::get_Id, "WebAccount.Id");
  values.user_name = IfReadable(
      [&] { return ReadText(account.Get(), &abi::IWebAccount::get_UserName, "WebAccount.UserName"); });
  values.state = IfReadable(
      [&] { return ReadNumber<int32_t>(account.Get(), &abi::IWebAccount::get_State, "WebAccount.State"); });
  values.properties = IfReadable([&] {
    return ReadMap(Inspectable(
        ReadObject<abi::IStringMapView>(details.Get(), &abi::IWebAccount2::get_Properties, "WebAccount.Properties")));
  });
  return values;
}

std::optional<ProviderError> ReadError(const ComPtr<abi::IWebProviderError>& error) {
  using abi::IWebProviderError;
  if (!error) return std::nullopt;
  ProviderError values;
  values.code = ReadNumber<uint32_t>(error.Get(), &IWebProviderError::get_ErrorCode, "WebProviderError.ErrorCode");
  values.message = IfReadable(
      [&] { return ReadText(error.Get(), &IWebProviderError::get_ErrorMessage, "WebProviderError.ErrorMessage"); });
  values.properties = IfReadable([&] {
    return ReadMap(Inspectable(
        ReadObject<abi::IStringMap>(error.Get(), &IWebProviderError::get_Properties, "WebProviderError.Properties")));
  });
  return values;
}

RequestResult ReadResult(const ComPtr<abi::IWebTokenRequestResult>& result) {
  using abi::IWebTokenRequestResult;
  static constexpr char kData[] = "WebTokenRequestResult.ResponseData";
  RequestResult values;
  values.status = ReadNumber<int32_t>(result.Get(), &IWebTokenRequestResult::get_ResponseStatus,
                                      "WebTokenRequestResult.ResponseStatus");
  values.error = IfReadable([&] {
    return ReadError(ReadObject<abi::IWebProviderError>(result.Get(), &IWebTokenRequestResult::get_ResponseError,
                                                        "WebTokenRequestResult.ResponseError"));
  });
  const auto read_responses = [&] {
    return ReadVector(ReadObject<abi::IVectorView<abi::IWebTokenResponse>>(
                          result.Get(), &IWebTokenRequestResult::get_ResponseData, kData),
                      kData, ReadResponse);
  };
  // Of a refusal the status and the code are the answer, and the data a detail.
  const bool refused = values.status != kSuccess && values.status != kAccountSwitch;
  values.responses = refused ? IfReadable(read_responses) : read_responses();
  return values;
}

ListResult ReadList(const ComPtr<abi::IFindAllAccountsResult>& result) {
  using abi::IFindAllAccountsResult;
  static constexpr char kAccounts[] = "FindAllAccountsResult.Accounts";
  ListResult values;
  values.status =
      ReadNumber<int32_t>(result.Get(), &IFindAllAccountsResult::get_Status, "FindAllAccountsResult.Status");
  values.error = IfReadable([&] {
    return ReadError(ReadObject<abi::IWebProviderError>(result.Get(), &IFindAllAccountsResult::get_ProviderError,
                                                        "FindAllAccountsResult.ProviderError"));
  });
  const auto accounts = ReadVector(ReadObject<abi::IVectorView<abi::IWebAccount>>(
                                       result.Get(), &IFindAllAccountsResult::get_Accounts, kAccounts),
                                   kAccounts, ReadAccountIfNamed);
  for (const auto& account : accounts) {
    if (account) values.accounts.push_back(*account);
  }
  return values;
}

}  // namespace wam
