// What this process and this Windows are. No COM, no UI, no network.
#pragma once

#include <windows.h>

namespace wam {

enum class ProductType { Workstation = 1, DomainController = 2, Server = 3 };

struct SystemFacts {
  DWORD build = 0;
  ProductType product_type = ProductType::Workstation;
  bool server_core = false;
  DWORD session_id = 0;
  bool elevated = false;
  bool service_account = false;   // SYSTEM, LOCAL SERVICE or NETWORK SERVICE.
  bool desktop_visible = false;   // The window station shows something to a person.
  bool broker_disabled = false;   // The service TokenBroker ("Web Account Manager").
};

SystemFacts ReadSystemFacts();

}  // namespace wam
