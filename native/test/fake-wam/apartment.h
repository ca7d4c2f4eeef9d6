// Wine does not mind from which apartment a class is used; Windows does.
#pragma once

namespace fake {

// A violation unless the calling thread is in that apartment: "mta" or "sta".
void ExpectApartment(const char* name, const char* call);

}  // namespace fake
