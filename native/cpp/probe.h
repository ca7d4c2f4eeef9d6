// Whether WAM can be used in this process, found without UI and without a request.
#pragma once

#include <optional>

#include "system_facts.h"
#include "worker.h"

namespace wam {

enum class Obstacle {
  OsTooOld,
  SessionZero,
  ServiceAccount,
  NoDesktop,
  ServiceDisabled,
  WamMissing,
  NotResponding,
};

struct Probe {
  SystemFacts facts;
  std::optional<Obstacle> obstacle;
  HRESULT hresult = S_OK;  // Only for Obstacle::WamMissing.
  bool can_list_accounts = false;
  bool can_use_window = false;
  bool can_correlate = false;
  bool can_pick_account = false;
};

// Nothing when nothing but the classes themselves could stand in the way.
std::optional<Obstacle> FindObstacle(const SystemFacts& facts);

// Asks for the classes on the worker, and waits for two seconds at most.
Probe ProbeWam(const Worker& worker);

}  // namespace wam
