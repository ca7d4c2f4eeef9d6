// Reads the arguments that JavaScript passes. What does not have its type is a TypeError that names the property.
#pragma once

#include <napi.h>

#include <optional>
#include <vector>

#include "values.h"

namespace wam {

class ArgumentReader {
 public:
  // The first argument of a call, which has to be an object.
  explicit ArgumentReader(const Napi::CallbackInfo& info);

  OperationName Operation() const;
  ProviderName Provider() const;
  HWND Window() const;
  std::vector<AccountKind> Kinds() const;
  TokenRequest Request() const;
  Text String(const char* name) const;

 private:
  // Absent and undefined are the same.
  std::optional<Napi::Value> Optional(const char* name) const;
  Napi::Value Required(const char* name) const;
  std::optional<Text> OptionalString(const char* name) const;
  TextMap OptionalMap(const char* name) const;
  bool OptionalFlag(const char* name) const;
  [[noreturn]] void Refuse(const char* name, const char* wanted) const;

  Napi::Env env_;
  Napi::Object object_;
};

// A window handle as a bigint; 0n for none.
HWND ReadWindow(const Napi::Value& value);

// A whole number from 0 to 2^32-1.
uint32_t ReadOperationId(const Napi::Value& value);

}  // namespace wam
