#include "system_facts.h"

#include <string_view>

namespace wam {
namespace {

// RtlGetVersion tells the truth whatever the manifest of the executable says; it has no import library.
void ReadVersion(SystemFacts& facts) {
  using RtlGetVersion = LONG(WINAPI*)(OSVERSIONINFOEXW*);
  const HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");
  if (ntdll == nullptr) return;
  const auto get_version =
      reinterpret_cast<RtlGetVersion>(reinterpret_cast<void*>(GetProcAddress(ntdll, "RtlGetVersion")));
  OSVERSIONINFOEXW version{};
  version.dwOSVersionInfoSize = sizeof(version);
  if (get_version == nullptr || get_version(&version) != 0) return;
  facts.build = version.dwBuildNumber;
  facts.product_type = static_cast<ProductType>(version.wProductType);
}

bool IsServerCore() {
  wchar_t type[64] = L"";
  DWORD size = sizeof(type);
  const LSTATUS status = RegGetValueW(HKEY_LOCAL_MACHINE, L"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion",
                                      L"InstallationType", RRF_RT_REG_SZ, nullptr, type, &size);
  return status == ERROR_SUCCESS && std::wstring_view(type) == L"Server Core";
}

bool IsBrokerDisabled() {
  DWORD start = SERVICE_DEMAND_START;
  DWORD size = sizeof(start);
  const LSTATUS status = RegGetValueW(HKEY_LOCAL_MACHINE, L"SYSTEM\\CurrentControlSet\\Services\\TokenBroker", L"Start",
                                      RRF_RT_REG_DWORD, nullptr, &start, &size);
  return status == ERROR_SUCCESS && start == SERVICE_DISABLED;
}

bool IsDesktopVisible() {
  USEROBJECTFLAGS flags{};
  const HWINSTA station = GetProcessWindowStation();
  return station != nullptr && GetUserObjectInformationW(station, UOI_FLAGS, &flags, sizeof(flags), nullptr) &&
         (flags.dwFlags & WSF_VISIBLE) != 0;
}

void ReadToken(SystemFacts& facts) {
  HANDLE token = nullptr;
  if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token)) return;
  DWORD size = 0;
  TOKEN_ELEVATION elevation{};
  if (GetTokenInformation(token, TokenElevation, &elevation, sizeof(elevation), &size)) {
    facts.elevated = elevation.TokenIsElevated != 0;
  }
  alignas(TOKEN_USER) BYTE user[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
  if (GetTokenInformation(token, TokenUser, user, sizeof(user), &size)) {
    const PSID sid = reinterpret_cast<TOKEN_USER*>(user)->User.Sid;
    facts.service_account = IsWellKnownSid(sid, WinLocalSystemSid) || IsWellKnownSid(sid, WinLocalServiceSid) ||
                            IsWellKnownSid(sid, WinNetworkServiceSid);
  }
  CloseHandle(token);
}

}  // namespace

SystemFacts ReadSystemFacts() {
  SystemFacts facts;
  ReadVersion(facts);
  ReadToken(facts);
  facts.server_core = IsServerCore();
  facts.broker_disabled = IsBrokerDisabled();
  facts.desktop_visible = IsDesktopVisible();
  // When it fails the session stays 0, which counts as unavailable.
  ProcessIdToSessionId(GetCurrentProcessId(), &facts.session_id);
  return facts;
}

}  // namespace wam
