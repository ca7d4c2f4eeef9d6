// The class WebAuthenticationCoreManager and the providers it knows.
#pragma once

#include <functional>
#include <memory>

#include "com.h"
#include "task.h"
#include "values.h"
#include "wam_abi.h"

namespace wam {

// The manager, as one of the interfaces of its factory.
template <class Interface>
ComPtr<Interface> Manager(const char* step) {
  return ActivationFactory<abi::IWebAuthenticationCoreManagerStatics>(class_name::WebAuthenticationCoreManager,
                                                                      "WebAuthenticationCoreManager")
      .As<Interface>(step);
}

inline ComPtr<abi::IWebAuthenticationCoreManagerStatics> Manager() {
  return Manager<abi::IWebAuthenticationCoreManagerStatics>("WebAuthenticationCoreManager");
}

// Goes on with the provider; throws a Failure when WAM has none.
void FindProvider(const std::shared_ptr<Task>& task, const ProviderName& name,
                  std::function<void(ComPtr<abi::IWebAccountProvider>)> next);

// Ends the task with the kind of the account that Windows is signed in with.
void FindDefaultAccountKind(const std::shared_ptr<Task>& task);

}  // namespace wam
