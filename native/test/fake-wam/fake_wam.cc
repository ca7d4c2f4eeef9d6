// The DLL's own functions: the one that Windows calls for a class, and those by which a test looks in.
#include <windows.h>

#include <cstdio>
#include <string>

#include "apartment.h"
#include "dispatcher_queue.h"
#include "live_objects.h"
#include "manager.h"
#include "operation.h"
#include "pane.h"
#include "tokens.h"

namespace fake {

std::string GuidText(REFIID id) {
  char text[40];
  std::snprintf(text, sizeof(text), "%08lx-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x", id.Data1, id.Data2, id.Data3,
                id.Data4[0], id.Data4[1], id.Data4[2], id.Data4[3], id.Data4[4], id.Data4[5], id.Data4[6], id.Data4[7]);
  return text;
}

namespace {

template <class Factory>
HRESULT Activate(const char* apartment, const char* name, void** factory) {
  ExpectApartment(apartment, name);
  if (const HRESULT failure = Enter(name); FAILED(failure)) return failure;
  return Make<Factory>()->QueryInterface(ActivationFactory::id, factory);
}

}  // namespace
}  // namespace fake

extern "C" {

__declspec(dllexport) HRESULT WINAPI DllGetActivationFactory(HSTRING class_id, void** factory) {
  using namespace fake;
  const std::wstring name = ToWide(class_id);
  if (name == L"Windows.Security.Authentication.Web.Core.WebAuthenticationCoreManager") {
    return Activate<ManagerFactory>("mta", "WebAuthenticationCoreManager", factory);
  }
  if (name == L"Windows.Security.Authentication.Web.Core.WebTokenRequest") {
    return Activate<RequestFactory>("mta", "WebTokenRequest", factory);
  }
  if (name == L"Windows.UI.ApplicationSettings.AccountsSettingsPane") {
    return Activate<PaneFactory>("sta", "AccountsSettingsPane", factory);
  }
  if (name == L"Windows.UI.ApplicationSettings.WebAccountProviderCommand") {
    return Activate<PaneCommandFactory>("sta", "WebAccountProviderCommand", factory);
  }
  if (name == L"Windows.System.DispatcherQueueController") {
    return Make<QueueControllerFactory>()->QueryInterface(ActivationFactory::id, factory);
  }
  return REGDB_E_CLASSNOTREG;
}

__declspec(dllexport) int fake_live_objects() { return fake::LiveObjects(); }

__declspec(dllexport) int fake_live_factories() { return fake::LiveFactories(); }

__declspec(dllexport) int fake_wait_for_live_objects(int wanted, unsigned milliseconds) {
  return fake::WaitForLiveObjects(wanted, milliseconds);
}

__declspec(dllexport) unsigned fake_violations() { return fake::ViolationCount(); }

// Ends the oldest call of that name that waits for it: on a raw thread, or on the calling one.
__declspec(dllexport) int fake_end(const wchar_t* name, int here) { return fake::EndOldest(name, here != 0); }

__declspec(dllexport) void fake_unblock(const wchar_t* method) { fake::Unblock(method); }

__declspec(dllexport) void fake_forget_calls() { fake::ForgetCalls(); }

__declspec(dllexport) int fake_wait_for_call(const char* call, unsigned milliseconds) {
  return fake::WaitForCall(call, milliseconds);
}

}  // extern "C"
