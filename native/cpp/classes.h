// The factories of the classes that requests need, each asked for once per worker, when it is first needed.
#pragma once

#include "com.h"
#include "wam_abi.h"

namespace wam {

// For the worker alone.
class Classes {
 public:
  // Throws a Failure while Windows does not offer the class; the next call asks again.
  const ComPtr<abi::IWebAuthenticationCoreManagerStatics>& Manager();
  const ComPtr<abi::IWebTokenRequestFactory>& RequestFactory();

  // Before the worker leaves its apartment.
  void Clear();

 private:
  ComPtr<abi::IWebAuthenticationCoreManagerStatics> manager_;
  ComPtr<abi::IWebTokenRequestFactory> request_factory_;
};

}  // namespace wam
