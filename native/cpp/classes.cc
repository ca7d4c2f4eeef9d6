#include "classes.h"

namespace wam {

const ComPtr<abi::IWebAuthenticationCoreManagerStatics>& Classes::Manager() {
  if (!manager_) {
    manager_ = ActivationFactory<abi::IWebAuthenticationCoreManagerStatics>(class_name::WebAuthenticationCoreManager,
                                                                            "WebAuthenticationCoreManager");
  }
  return manager_;
}

const ComPtr<abi::IWebTokenRequestFactory>& Classes::RequestFactory() {
  if (!request_factory_) {
    request_factory_ =
        ActivationFactory<abi::IWebTokenRequestFactory>(class_name::WebTokenRequest, "WebTokenRequest");
  }
  return request_factory_;
}

void Classes::Clear() {
  manager_ = nullptr;
  request_factory_ = nullptr;
}

}  // namespace wam
