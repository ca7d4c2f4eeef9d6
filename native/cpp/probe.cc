#include "probe.h"

#include <chrono>
#include <future>
#include <utility>

#include "manager.h"

namespace wam {
namespace {

constexpr DWORD kWindows10Version1703 = 15063;
constexpr DWORD kWindowsServer2019 = 17763;

struct Classes {
  HRESULT manager = S_OK;
  bool statics4 = false;
  bool interop = false;
};

Classes AskForClasses() {
  Classes classes;
  try {
    const auto manager = Manager();
    classes.statics4 = static_cast<bool>(manager.TryAs<abi::IWebAuthenticationCoreManagerStatics4>());
    classes.interop = static_cast<bool>(manager.TryAs<abi::IWebAuthenticationCoreManagerInterop>());
  } catch (const Failure& failure) {
    classes.manager = failure.hresult;
  }
  return classes;
}

}  // namespace

std::optional<Obstacle> FindObstacle(const SystemFacts& facts) {
  const DWORD needed = facts.product_type == ProductType::Workstation ? kWindows10Version1703 : kWindowsServer2019;
  if (facts.build < needed) return Obstacle::OsTooOld;
  if (facts.session_id == 0) return Obstacle::SessionZero;
  if (facts.service_account) return Obstacle::ServiceAccount;
  if (!facts.desktop_visible) return Obstacle::NoDesktop;
  if (facts.broker_disabled) return Obstacle::ServiceDisabled;
  return std::nullopt;
}

Probe ProbeWam(const std::shared_ptr<JobQueue>& jobs) {
  Probe probe;
  probe.facts = ReadSystemFacts();
  probe.obstacle = FindObstacle(probe.facts);
  if (probe.obstacle) return probe;

  auto promise = std::make_shared<std::promise<Classes>>();
  auto answer = promise->get_future();
  jobs->Post([promise] { promise->set_value(AskForClasses()); });
  if (answer.wait_for(std::chrono::seconds(2)) != std::future_status::ready) {
    probe.obstacle = Obstacle::NotResponding;
    return probe;
  }
  const Classes classes = answer.get();
  if (FAILED(classes.manager)) {
    probe.obstacle = Obstacle::WamMissing;
    probe.hresult = classes.manager;
    return probe;
  }
  probe.can_list_accounts = classes.statics4;
  probe.can_use_window = classes.interop && !probe.facts.server_core;
  probe.can_correlate = probe.facts.build >= kWindows10Version1703;
  // The pane's class is on every Windows with a desktop; a process that runs as administrator cannot open it.
  probe.can_pick_account = !probe.facts.server_core && !probe.facts.elevated;
  return probe;
}

}  // namespace wam
