#include "bare_request.h"

#include <condition_variable>
#include <mutex>

#include "completion_handler.h"

namespace bare {
namespace {

using namespace wam;

template <class T>
class Completion final : public AgileDelegate<abi::IAsyncOperationCompletedHandler<T>> {
 public:
  HRESULT STDMETHODCALLTYPE Invoke(abi::IAsyncOperation<T>*, abi::AsyncStatus status) override {
    std::lock_guard lock(mutex_);
    end_ = status;
    ended_.notify_one();
    return S_OK;
  }

  abi::AsyncStatus Wait() {
    std::unique_lock lock(mutex_);
    ended_.wait(lock, [this] { return end_ != abi::AsyncStatus::Started; });
    return end_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable ended_;
  abi::AsyncStatus end_ = abi::AsyncStatus::Started;
};

template <class T>
ComPtr<T> Await(const ComPtr<abi::IAsyncOperation<T>>& operation, const char* step) {
  const auto completion = ComPtr<Completion<T>>::Adopt(new Completion<T>);
  Check(operation->put_Completed(completion.Get()), step);
  if (completion->Wait() != abi::AsyncStatus::Completed) throw Failure::Windows(E_UNEXPECTED, step);
  ComPtr<T> result;
  Check(operation->GetResults(result.Put()), step);
  if (!result) throw Failure::Windows(E_POINTER, step);
  return result;
}

template <std::size_t size>
HString Literal(const wchar_t (&text)[size]) {
  return HString(text, size - 1);
}

ComPtr<abi::IWebAccountProvider> FindProvider(const Factories& factories) {
  static constexpr char kStep[] = "FindAccountProviderWithAuthorityAsync";
  const HString id = Literal(L"https://login.microsoft.com");
  const HString authority = Literal(L"https://login.microsoftonline.com/organizations");
  ComPtr<abi::ProviderOperation> operation;
  Check(factories.manager->FindAccountProviderWithAuthorityAsync(id.Get(), authority.Get(), operation.Put()), kStep);
  return Await(operation, kStep);
}

ComPtr<abi::IWebTokenRequest> CreateRequest(const Factories& factories,
                                            const ComPtr<abi::IWebAccountProvider>& provider) {
  static constexpr char kStep[] = "WebTokenRequest";
  const HString scope = Literal(L"https://management.core.windows.net//.default offline_access openid profile");
  const HString client_id = Literal(L"04b07795-8ddb-461a-bbee-02f9e1bf7b46");
  ComPtr<abi::IWebTokenRequest> request;
  Check(factories.requests->CreateWithPromptType(provider.Get(), scope.Get(), client_id.Get(), 0, request.Put()),
        kStep);
  const auto properties =
      ReadObject<abi::IStringMap>(request.Get(), &abi::IWebTokenRequest::get_Properties, kStep);
  const HString key = Literal(L"wam_compat");
  const HString value = Literal(L"2.0");
  abi::Boolean replaced = 0;
  Check(properties->Insert(key.Get(), value.Get(), &replaced), kStep);
  return request;
}

}  // namespace

Answer RequestSilently(const Factories& factories) {
  static constexpr char kStep[] = "GetTokenSilentlyAsync";
  const auto provider = FindProvider(factories);
  const auto request = CreateRequest(factories, provider);
  ComPtr<abi::TokenOperation> operation;
  Check(factories.manager->GetTokenSilentlyAsync(request.Get(), operation.Put()), kStep);
  return ReadAnswer(Await(operation, kStep));
}

}  // namespace bare
