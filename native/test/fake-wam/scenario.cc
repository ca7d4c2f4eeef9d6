#include "scenario.h"

#include <cwchar>
#include <memory>
#include <mutex>
#include <sstream>

namespace fake {
namespace {

std::wstring Variable(const wchar_t* name) {
  std::wstring value(GetEnvironmentVariableW(name, nullptr, 0), L'\0');
  value.resize(GetEnvironmentVariableW(name, value.data(), static_cast<DWORD>(value.size())));
  return value;
}

std::wstring Decode(const std::wstring& text) {
  std::string bytes;
  for (std::size_t index = 0; index < text.size(); ++index) {
    if (text[index] == L'%' && index + 2 < text.size()) {
      bytes += static_cast<char>(std::wcstoul(text.substr(index + 1, 2).c_str(), nullptr, 16));
      index += 2;
    } else {
      bytes += text[index] == L'+' ? ' ' : static_cast<char>(text[index]);
    }
  }
  std::wstring decoded(bytes.size(), L'\0');
  decoded.resize(MultiByteToWideChar(CP_UTF8, 0, bytes.data(), static_cast<int>(bytes.size()), decoded.data(),
                                     static_cast<int>(decoded.size())));
  return decoded;
}

using List = std::vector<std::pair<std::wstring, std::wstring>>;

List Parse(const std::wstring& text) {
  List settings;
  std::wistringstream stream(text);
  for (std::wstring part; std::getline(stream, part, L'&');) {
    const auto equals = part.find(L'=');
    if (equals != std::wstring::npos) {
      settings.emplace_back(Decode(part.substr(0, equals)), Decode(part.substr(equals + 1)));
    }
  }
  return settings;
}

// Parsed anew only when the variable has changed.
std::shared_ptr<const List> Settings() {
  static std::mutex mutex;
  static std::wstring parsed;
  static std::shared_ptr<const List> settings = std::make_shared<List>();
  std::wstring text = Variable(L"FAKE_WAM_SCENARIO");
  std::lock_guard lock(mutex);
  if (text != parsed) {
    settings = std::make_shared<List>(Parse(text));
    parsed = std::move(text);
  }
  return settings;
}

}  // namespace

std::optional<std::wstring> Setting(const std::wstring& name) {
  const auto settings = Settings();
  for (const auto& [key, value] : *settings) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::wstring Setting(const std::wstring& name, const wchar_t* otherwise) {
  return Setting(name).value_or(otherwise);
}

UINT32 NumberSetting(const std::wstring& name, UINT32 otherwise) {
  const auto value = Setting(name);
  return value ? static_cast<UINT32>(std::wcstoull(value->c_str(), nullptr, 0)) : otherwise;
}

bool SettingHas(const std::wstring& name, const std::wstring& word) {
  for (const auto& one : WordsSetting(name)) {
    if (one == word) return true;
  }
  return false;
}

std::vector<std::pair<std::wstring, std::wstring>> SettingsBelow(const std::wstring& prefix) {
  const auto settings = Settings();
  std::vector<std::pair<std::wstring, std::wstring>> below;
  for (const auto& [key, value] : *settings) {
    if (key.rfind(prefix, 0) == 0) below.emplace_back(key.substr(prefix.size()), value);
  }
  return below;
}

std::vector<std::wstring> WordsSetting(const std::wstring& name) {
  std::vector<std::wstring> words;
  std::wistringstream stream(Setting(name, L""));
  for (std::wstring word; stream >> word;) words.push_back(word);
  return words;
}

}  // namespace fake
