#include "bare_answer.h"

namespace bare {
namespace {

using namespace wam;

template <class Object, class Getter>
std::wstring Read(const ComPtr<Object>& object, Getter getter, const char* step) {
  HString value;
  Check((object.Get()->*getter)(value.Put()), step);
  UINT32 length = 0;
  const wchar_t* characters = WindowsGetStringRawBuffer(value.Get(), &length);
  return {characters, length};
}

template <class Map, class Object, class Getter>
Properties ReadProperties(const ComPtr<Object>& object, Getter getter, const char* step) {
  const auto map = ReadObject<Map>(object.Get(), getter, step);
  Properties properties;
  if (!map) return properties;
  ComPtr<abi::IStringPairIterator> iterator;
  Check(map.template As<abi::IStringPairIterable>(step)->First(iterator.Put()), step);
  abi::Boolean more = 0;
  Check(iterator->get_HasCurrent(&more), step);
  while (more != 0) {
    const auto pair = ReadObject<abi::IStringPair>(iterator.Get(), &abi::IStringPairIterator::get_Current, step);
    std::wstring key = Read(pair, &abi::IStringPair::get_Key, step);
    properties.emplace_back(std::move(key), Read(pair, &abi::IStringPair::get_Value, step));
    Check(iterator->MoveNext(&more), step);
  }
  return properties;
}

std::optional<Error> ReadError(const ComPtr<abi::IWebProviderError>& error) {
  using abi::IWebProviderError;
  static constexpr char kStep[] = "WebProviderError";
  if (!error) return std::nullopt;
  return Error{ReadNumber<uint32_t>(error.Get(), &IWebProviderError::get_ErrorCode, kStep),
               Read(error, &IWebProviderError::get_ErrorMessage, kStep),
               ReadProperties<abi::IStringMap>(error, &IWebProviderError::get_Properties, kStep)};
}

std::optional<Account> ReadAccount(const ComPtr<abi::IWebAccount>& account) {
  using abi::IWebAccount;
  using abi::IWebAccount2;
  static constexpr char kStep[] = "WebAccount";
  if (!account) return std::nullopt;
  const auto details = account.As<IWebAccount2>(kStep);
  return Account{Read(details, &IWebAccount2::get_Id, kStep), Read(account, &IWebAccount::get_UserName, kStep),
                 ReadNumber<int32_t>(account.Get(), &IWebAccount::get_State, kStep),
                 ReadProperties<abi::IStringMapView>(details, &IWebAccount2::get_Properties, kStep)};
}

Response ReadResponse(const ComPtr<abi::IWebTokenResponse>& response) {
  using abi::IWebTokenResponse;
  static constexpr char kStep[] = "WebTokenResponse";
  return {Read(response, &IWebTokenResponse::get_Token, kStep),
          ReadProperties<abi::IStringMap>(response, &IWebTokenResponse::get_Properties, kStep),
          ReadError(ReadObject<abi::IWebProviderError>(response.Get(), &IWebTokenResponse::get_ProviderError, kStep)),
          ReadAccount(ReadObject<abi::IWebAccount>(response.Get(), &IWebTokenResponse::get_WebAccount, kStep))};
}

}  // namespace

Answer ReadAnswer(const ComPtr<abi::IWebTokenRequestResult>& result) {
  using abi::IWebTokenRequestResult;
  static constexpr char kStep[] = "WebTokenRequestResult";
  Answer answer{
      ReadNumber<int32_t>(result.Get(), &IWebTokenRequestResult::get_ResponseStatus, kStep),
      ReadError(ReadObject<abi::IWebProviderError>(result.Get(), &IWebTokenRequestResult::get_ResponseError, kStep)),
      {}};
  const auto data = ReadObject<abi::IVectorView<abi::IWebTokenResponse>>(
      result.Get(), &IWebTokenRequestResult::get_ResponseData, kStep);
  uint32_t size = 0;
  if (data) Check(data->get_Size(&size), kStep);
  for (uint32_t index = 0; index < size; ++index) {
    ComPtr<abi::IWebTokenResponse> response;
    Check(data->GetAt(index, response.Put()), kStep);
    answer.responses.push_back(ReadResponse(response));
  }
  return answer;
}

}  // namespace bare
