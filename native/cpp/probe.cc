#include "probe.h"

#include <chrono>
#include <future>
#include <memory>

namespace wam {
namespace {

constexpr DWORD kWindows10Version1703 = 15063;
constexpr DWORD kWindowsServer2019 = 17763;

struct Found {
  HRESULT manager = S_OK;
  bool statics4 = false;
  bool interop = false;
};

Found AskFor(Classes& classes) {
  Found found;
  try {
    const auto& manager = classes.Manager();
    found.statics4 = static_cast<bool>(manager.TryAs<abi::IWebAuthenticationCoreManagerStatics4>());
    found.interop = static_cast<bool>(manager.TryAs<abi::IWebAuthenticationCoreManagerInterop>());
  } catch (const Failure& failure) {
    found.manager = failure.hresult;
  } catch (...) {
    found.manager = E_UNEXPECTED;
  }
  return found;
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

Probe ProbeWam(const Worker& worker) {
  Probe probe;
  probe.facts = ReadSystemFacts();
  probe.obstacle = FindObstacle(probe.facts);
  if (probe.obstacle) return probe;

  auto promise = std::make_shared<std::promise<Found>>();
  auto answer = promise->get_future();
  worker.jobs()->Post([promise, classes = worker.classes()] { promise->set_value(AskFor(*classes)); });
  if (answer.wait_for(std::chrono::seconds(2)) != std::future_status::ready) {
    probe.obstacle = Obstacle::NotResponding;
    return probe;
  }
  const Found found = answer.get();
  if (FAILED(found.manager)) {
    probe.obstacle = Obstacle::WamMissing;
    probe.hresult = found.manager;
    return probe;
  }
  probe.can_list_accounts = found.statics4;
  probe.can_use_window = found.interop && !probe.facts.server_core;
  probe.can_correlate = probe.facts.build >= kWindows10Version1703;
  // The pane's class is on every Windows with a desktop; a process that runs as administrator cannot open it.
  probe.can_pick_account = !probe.facts.server_core && !probe.facts.elevated;
  return probe;
}

}  // namespace wam
