#pragma once

#include "inspectable.h"

HRESULT RoGetActivationFactory(HSTRING name, REFIID id, void** factory);
