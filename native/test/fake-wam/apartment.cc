#include "apartment.h"

#include <objbase.h>

#include <string>

#include "journal.h"

namespace fake {
namespace {

const char* ApartmentName() {
  APTTYPE type = APTTYPE_CURRENT;
  APTTYPEQUALIFIER qualifier = APTTYPEQUALIFIER_NONE;
  if (FAILED(CoGetApartmentType(&type, &qualifier))) return "none";
  // A thread that never asked for an apartment, while another thread has the multithreaded one.
  if (qualifier == APTTYPEQUALIFIER_IMPLICIT_MTA) return "none";
  if (type == APTTYPE_MTA) return "mta";
  return type == APTTYPE_STA || type == APTTYPE_MAINSTA ? "sta" : "none";
}

}  // namespace

void ExpectApartment(const char* name, const char* call) {
  const std::string found = ApartmentName();
  if (found != name) Violation(std::string(call) + " from apartment " + found + ", not " + name);
}

}  // namespace fake
