// Reads answers that are drawn from bytes. With libFuzzer the bytes are its own; see any_bytes.cc for others.
#include <cstdlib>

#include "drawn.h"
#include "read_values.h"

namespace {

// The same again: strings that go out and come back.
bool ComesBack(const wam::Text& text) {
  const wam::HString string(text);
  return string.ToText() == text;
}

bool ComesBack(const wam::TextMap& map) {
  for (const auto& [key, value] : map) {
    if (!ComesBack(key) || !ComesBack(value)) return false;
  }
  return true;
}

template <class Read>
void Try(Read read) {
  try {
    read();
  } catch (const wam::Failure&) {
    // What Windows refuses is told; nothing else may leave.
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  drawn::Bytes bytes(data, size);
  Try([&] {
    const auto result = wam::ReadResult(wam::ComPtr<wam::abi::IWebTokenRequestResult>::Adopt(drawn::Result(bytes)));
    for (const auto& response : result.responses) {
      if (!ComesBack(response.token) || !ComesBack(response.properties)) std::abort();
    }
  });
  Try([&] {
    const auto list = wam::ReadList(wam::ComPtr<wam::abi::IFindAllAccountsResult>::Adopt(drawn::List(bytes)));
    for (const auto& account : list.accounts) {
      if (!ComesBack(account.id) || !ComesBack(account.properties)) std::abort();
    }
  });
  if (drawn::live != 0) std::abort();
  return 0;
}
