// One silent request with nothing between it and Windows.
#pragma once

#include "bare_answer.h"

namespace bare {

// The factories live as long as the addon's worker, and the provider is looked up for every request, as the addon does.
struct Factories {
  wam::ComPtr<wam::abi::IWebAuthenticationCoreManagerStatics> manager =
      wam::ActivationFactory<wam::abi::IWebAuthenticationCoreManagerStatics>(
          wam::class_name::WebAuthenticationCoreManager, "WebAuthenticationCoreManager");
  wam::ComPtr<wam::abi::IWebTokenRequestFactory> requests = wam::ActivationFactory<wam::abi::IWebTokenRequestFactory>(
      wam::class_name::WebTokenRequest, "WebTokenRequest");
};

// Asks for a token, for the default account, and waits for the answer. Throws a Failure when a call fails.
Answer RequestSilently(const Factories& factories);

}  // namespace bare
