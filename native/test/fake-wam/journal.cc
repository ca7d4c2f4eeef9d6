#include "journal.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <set>

#include "scenario.h"

namespace fake {
namespace {

std::atomic<unsigned> violations{0};

std::mutex calls_mutex;
std::condition_variable called;
std::set<std::string> calls;

void Write(const std::string& line) {
  wchar_t path[1024];
  const DWORD length = GetEnvironmentVariableW(L"FAKE_WAM_LOG", path, 1024);
  if (length == 0 || length >= 1024) return;
  static std::mutex mutex;
  std::lock_guard lock(mutex);
  const HANDLE file = CreateFileW(path, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_ALWAYS,
                                  FILE_ATTRIBUTE_NORMAL, nullptr);
  if (file == INVALID_HANDLE_VALUE) return;
  DWORD written = 0;
  WriteFile(file, line.data(), static_cast<DWORD>(line.size()), &written, nullptr);
  CloseHandle(file);
}

}  // namespace

Entry::Entry(const char* call) : call_(call), line_("{\"call\":\"" + call_ + "\"") {}

Entry::~Entry() {
  Write(line_ + "}\n");
  {
    std::lock_guard lock(calls_mutex);
    calls.insert(call_);
  }
  called.notify_all();
}

Entry& Entry::Add(const char* key, const std::wstring& value) { return AddJson(key, JsonString(value)); }

Entry& Entry::Add(const char* key, HSTRING value) { return Add(key, ToWide(value)); }

Entry& Entry::Add(const char* key, long long value) { return AddJson(key, std::to_string(value)); }

Entry& Entry::AddJson(const char* key, const std::string& json) {
  line_ += std::string(",\"") + key + "\":" + json;
  return *this;
}

std::string JsonString(const std::wstring& text) {
  std::string json = "\"";
  for (const wchar_t unit : text) {
    if (unit >= 0x20 && unit < 0x7f && unit != L'"' && unit != L'\\') {
      json += static_cast<char>(unit);
    } else {
      char escape[8];
      std::snprintf(escape, sizeof(escape), "\\u%04x", static_cast<unsigned>(unit));
      json += escape;
    }
  }
  return json + "\"";
}

std::wstring ToWide(HSTRING text) {
  UINT32 length = 0;
  const wchar_t* characters = WindowsGetStringRawBuffer(text, &length);
  return std::wstring(characters, length);
}

void ForgetCalls() {
  violations = 0;
  std::lock_guard lock(calls_mutex);
  calls.clear();
}

bool WaitForCall(const std::string& call, unsigned milliseconds) {
  std::unique_lock lock(calls_mutex);
  return called.wait_for(lock, std::chrono::milliseconds(milliseconds), [&call] { return calls.count(call) != 0; });
}

void Violation(const std::string& rule) {
  if (NumberSetting(L"lax", 0) != 0) return;
  ++violations;
  Write("{\"violation\":" + JsonString(std::wstring(rule.begin(), rule.end())) + "}\n");
}

unsigned ViolationCount() { return violations; }

}  // namespace fake
