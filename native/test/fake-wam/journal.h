// What was called, one JSON object a line, in the file that FAKE_WAM_LOG names. Without the variable nothing is written.
#pragma once

#include <windows.h>
#include <winstring.h>

#include <string>

namespace fake {

// A line of the journal; written when it goes out of scope.
class Entry {
 public:
  explicit Entry(const char* call);
  ~Entry();
  Entry(const Entry&) = delete;
  Entry& operator=(const Entry&) = delete;

  Entry& Add(const char* key, const std::wstring& value);
  Entry& Add(const char* key, HSTRING value);
  Entry& Add(const char* key, long long value);
  Entry& AddJson(const char* key, const std::string& json);

 private:
  std::string call_;
  std::string line_;
};

// Exact, also for NUL and lone surrogates.
std::string JsonString(const std::wstring& text);

std::wstring ToWide(HSTRING text);

// Forgets which calls and violations there were; waits until one is made, false when the time is over.
void ForgetCalls();
bool WaitForCall(const std::string& call, unsigned milliseconds);

// The caller broke a rule that Wine would have let pass. Written and counted, unless the scenario says lax=1.
void Violation(const std::string& rule);
unsigned ViolationCount();

}  // namespace fake
