// What the fake does: the environment variable FAKE_WAM_SCENARIO, in the form of a URL's query, read at every question.
#pragma once

#include <windows.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace fake {

std::optional<std::wstring> Setting(const std::wstring& name);
std::wstring Setting(const std::wstring& name, const wchar_t* otherwise);

// Numbers in decimal or as 0x..., unsigned.
UINT32 NumberSetting(const std::wstring& name, UINT32 otherwise);

// Whether a setting is a list of words that has this one.
bool SettingHas(const std::wstring& name, const std::wstring& word);

// All settings whose name begins so, without that beginning.
std::vector<std::pair<std::wstring, std::wstring>> SettingsBelow(const std::wstring& prefix);

// The words of a setting.
std::vector<std::wstring> WordsSetting(const std::wstring& name);

}  // namespace fake
