#pragma once

#include "inspectable.h"

enum RO_INIT_TYPE { RO_INIT_MULTITHREADED = 1 };

inline HRESULT RoInitialize(RO_INIT_TYPE) { return S_OK; }
inline void RoUninitialize() {}
HRESULT RoGetActivationFactory(HSTRING name, REFIID id, void** factory);
