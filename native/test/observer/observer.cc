// For tests alone: looks into the fake Web Account Manager that this process has loaded, and into the process itself.
#include <napi.h>
#include <objbase.h>
#include <windows.h>

#include <algorithm>
#include <string>
#include <vector>

namespace {

// A function of the fake, which is the same module that Windows loads for its classes.
template <class Function>
Function FromFake(const char* name) {
  const HMODULE module = GetModuleHandleW(L"fake_wam.dll");
  return reinterpret_cast<Function>(reinterpret_cast<void*>(GetProcAddress(module, name)));
}

std::wstring Wide(const Napi::Value& value) {
  const std::u16string text = value.As<Napi::String>().Utf16Value();
  return {text.begin(), text.end()};
}

Napi::Value LiveObjects(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), FromFake<int (*)()>("fake_live_objects")());
}

Napi::Value LiveFactories(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), FromFake<int (*)()>("fake_live_factories")());
}

// waitForLiveObjects(count, milliseconds): blocks until at most so many are left.
Napi::Value WaitForLiveObjects(const Napi::CallbackInfo& info) {
  const auto wait = FromFake<int (*)(int, unsigned)>("fake_wait_for_live_objects");
  const int count = info[0].As<Napi::Number>().Int32Value();
  return Napi::Boolean::New(info.Env(), wait(count, info[1].As<Napi::Number>().Uint32Value()) != 0);
}

Napi::Value Violations(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), FromFake<unsigned (*)()>("fake_violations")());
}

void ForgetCalls(const Napi::CallbackInfo&) { FromFake<void (*)()>("fake_forget_calls")(); }

// waitForCall(call, milliseconds): blocks until the fake has been called so since the last forgetCalls.
Napi::Value WaitForCall(const Napi::CallbackInfo& info) {
  const auto wait = FromFake<int (*)(const char*, unsigned)>("fake_wait_for_call");
  const std::string call = info[0].As<Napi::String>().Utf8Value();
  return Napi::Boolean::New(info.Env(), wait(call.c_str(), info[1].As<Napi::Number>().Uint32Value()) != 0);
}

// end(operation, here): ends the oldest such call that waits, on a raw thread or on this one.
Napi::Value End(const Napi::CallbackInfo& info) {
  const auto end = FromFake<int (*)(const wchar_t*, int)>("fake_end");
  return Napi::Boolean::New(info.Env(), end(Wide(info[0]).c_str(), info[1].ToBoolean().Value()) != 0);
}

// unblock(method): lets a call go on that the scenario holds.
void Unblock(const Napi::CallbackInfo& info) {
  FromFake<void (*)(const wchar_t*)>("fake_unblock")(Wide(info[0]).c_str());
}

// Whether the calling thread, which is JavaScript's, has been made part of an apartment.
Napi::Value HasApartment(const Napi::CallbackInfo& info) {
  APTTYPE type = APTTYPE_CURRENT;
  APTTYPEQUALIFIER qualifier = APTTYPEQUALIFIER_NONE;
  const bool member =
      SUCCEEDED(CoGetApartmentType(&type, &qualifier)) && qualifier != APTTYPEQUALIFIER_IMPLICIT_MTA;
  return Napi::Boolean::New(info.Env(), member);
}

// How many handles this process has, from the list of all handles: Wine has no GetProcessHandleCount.
Napi::Value HandleCount(const Napi::CallbackInfo& info) {
  struct Handle {
    USHORT process;
    USHORT trace;
    UCHAR type;
    UCHAR attributes;
    USHORT value;
    void* object;
    ULONG access;
  };
  struct Handles {
    ULONG count;
    Handle handles[1];
  };
  constexpr ULONG kSystemHandleInformation = 16;
  constexpr LONG kTooSmall = static_cast<LONG>(0xC0000004);
  using Query = LONG(WINAPI*)(ULONG, void*, ULONG, ULONG*);
  const auto query = reinterpret_cast<Query>(
      reinterpret_cast<void*>(GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "NtQuerySystemInformation")));
  std::vector<BYTE> buffer(1 << 16);
  LONG status = kTooSmall;
  while ((status = query(kSystemHandleInformation, buffer.data(), static_cast<ULONG>(buffer.size()), nullptr)) ==
         kTooSmall) {
    buffer.resize(buffer.size() * 2);
  }
  if (status != 0) throw Napi::Error::New(info.Env(), "NtQuerySystemInformation failed");
  const auto* all = reinterpret_cast<const Handles*>(buffer.data());
  const auto own = std::count_if(all->handles, all->handles + all->count,
                                 [](const Handle& handle) { return handle.process == GetCurrentProcessId(); });
  return Napi::Number::New(info.Env(), static_cast<double>(own));
}

Napi::Value FromWindow(Napi::Env env, HWND window) {
  return Napi::BigInt::New(env, static_cast<uint64_t>(reinterpret_cast<uintptr_t>(window)));
}

HWND ToWindow(const Napi::Value& value) {
  bool lossless = false;
  return reinterpret_cast<HWND>(static_cast<uintptr_t>(value.As<Napi::BigInt>().Uint64Value(&lossless)));
}

// createWindow(visible)
Napi::Value CreateTestWindow(const Napi::CallbackInfo& info) {
  const DWORD style = WS_OVERLAPPEDWINDOW | (info[0].ToBoolean().Value() ? WS_VISIBLE : 0);
  const HWND window = CreateWindowExW(0, L"Static", L"", style, 0, 0, 100, 100, nullptr, nullptr, nullptr, nullptr);
  return FromWindow(info.Env(), window);
}

Napi::Value DestroyTestWindow(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), DestroyWindow(ToWindow(info[0])) != 0);
}

// Gives this process a console of its own: the console's window.
Napi::Value OpenConsole(const Napi::CallbackInfo& info) {
  FreeConsole();
  AllocConsole();
  return FromWindow(info.Env(), GetConsoleWindow());
}

void CloseConsole(const Napi::CallbackInfo&) { FreeConsole(); }

// showWindow(window, visible)
void ShowTestWindow(const Napi::CallbackInfo& info) {
  ShowWindow(ToWindow(info[0]), info[1].ToBoolean().Value() ? SW_SHOW : SW_HIDE);
}

Napi::Value ForegroundWindow(const Napi::CallbackInfo& info) {
  return FromWindow(info.Env(), GetForegroundWindow());
}

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  wchar_t path[1024];
  if (GetEnvironmentVariableW(L"FAKE_WAM_DLL", path, 1024) == 0 || LoadLibraryW(path) == nullptr) {
    throw Napi::Error::New(env, "FAKE_WAM_DLL does not name the fake");
  }
  exports.Set("liveObjects", Napi::Function::New(env, LiveObjects));
  exports.Set("liveFactories", Napi::Function::New(env, LiveFactories));
  exports.Set("waitForLiveObjects", Napi::Function::New(env, WaitForLiveObjects));
  exports.Set("violations", Napi::Function::New(env, Violations));
  exports.Set("forgetCalls", Napi::Function::New(env, ForgetCalls));
  exports.Set("waitForCall", Napi::Function::New(env, WaitForCall));
  exports.Set("end", Napi::Function::New(env, End));
  exports.Set("unblock", Napi::Function::New(env, Unblock));
  exports.Set("hasApartment", Napi::Function::New(env, HasApartment));
  exports.Set("handleCount", Napi::Function::New(env, HandleCount));
  exports.Set("createWindow", Napi::Function::New(env, CreateTestWindow));
  exports.Set("openConsole", Napi::Function::New(env, OpenConsole));
  exports.Set("closeConsole", Napi::Function::New(env, CloseConsole));
  exports.Set("showWindow", Napi::Function::New(env, ShowTestWindow));
  exports.Set("foregroundWindow", Napi::Function::New(env, ForegroundWindow));
  exports.Set("destroyWindow", Napi::Function::New(env, DestroyTestWindow));
  return exports;
}

NODE_API_MODULE(observer, Init)

}  // namespace
