#pragma once

#include "windows.h"

struct CO_MTA_USAGE_COOKIE {};

inline HRESULT CoIncrementMTAUsage(CO_MTA_USAGE_COOKIE*) { return S_OK; }
