// The binary interface of the Web Account Manager, as the Windows SDK's metadata describes it: one struct per WinRT
// interface, its methods in slot order. A method that the addon never calls still has its line, because it has its slot.
#pragma once

#include "abi/async.h"
#include "abi/collections.h"
#include "abi/credentials.h"
#include "abi/settings_pane.h"
#include "abi/web_core.h"
