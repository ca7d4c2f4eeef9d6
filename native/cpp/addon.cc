// The functions that JavaScript sees. Every argument is read here, on the JavaScript thread; the rest is the worker's.
#include <napi.h>

#include <memory>
#include <utility>

#include "accounts.h"
#include "js_read.h"
#include "js_write.h"
#include "picker.h"
#include "providers.h"
#include "session.h"
#include "token_request.h"
#include "window.h"

namespace wam {

using TaskPtr = std::shared_ptr<Task>;

// What JavaScript finds here: src/wam-addon.ts says when it is another.
constexpr int kInterface = 1;

class Addon final : public Napi::Addon<Addon> {
 public:
  Addon(Napi::Env env, Napi::Object exports) : session_(env) {
    DefineAddon(exports, {
                             InstanceValue("interface", Napi::Number::New(env, kInterface)),
                             InstanceMethod("probe", &Addon::RunProbe),
                             InstanceMethod("defaultAccountKind", &Addon::StartDefaultAccountKind),
                             InstanceMethod("request", &Addon::StartRequest),
                             InstanceMethod("listAccounts", &Addon::StartListAccounts),
                             InstanceMethod("findAccount", &Addon::StartFindAccount),
                             InstanceMethod("signOut", &Addon::StartSignOut),
                             InstanceMethod("pickProvider", &Addon::StartPickProvider),
                             InstanceMethod("cancel", &Addon::Cancel),
                             InstanceMethod("resolveWindow", &Addon::ResolveWindow),
                         });
  }

 private:
  Napi::Value RunProbe(const Napi::CallbackInfo& info) { return ToJs(info.Env(), session_.RunProbe()); }

  Napi::Value StartDefaultAccountKind(const Napi::CallbackInfo& info) {
    const ArgumentReader arguments(info);
    return session_.Begin(arguments.Operation(), "defaultAccountKind", FindDefaultAccountKind);
  }

  Napi::Value StartRequest(const Napi::CallbackInfo& info) {
    const ArgumentReader arguments(info);
    TokenRequest request = arguments.Request();
    if (!request.silent) request.window = ResolveOwnerWindow(request.window).handle;
    const auto shared = std::make_shared<const TokenRequest>(std::move(request));
    return session_.Begin(arguments.Operation(), "request",
                          [shared](const TaskPtr& task) { RequestToken(task, shared); });
  }

  Napi::Value StartListAccounts(const Napi::CallbackInfo& info) {
    const ArgumentReader arguments(info);
    return session_.Begin(arguments.Operation(), "listAccounts",
                          [provider = arguments.Provider(), client = arguments.String("clientId")](
                              const TaskPtr& task) { ListAccounts(task, provider, client); });
  }

  Napi::Value StartFindAccount(const Napi::CallbackInfo& info) {
    const ArgumentReader arguments(info);
    return session_.Begin(arguments.Operation(), "findAccount",
                          [provider = arguments.Provider(), account = arguments.String("webAccountId")](
                              const TaskPtr& task) { FindAccount(task, provider, account); });
  }

  Napi::Value StartSignOut(const Napi::CallbackInfo& info) {
    const ArgumentReader arguments(info);
    return session_.Begin(
        arguments.Operation(), "signOut",
        [provider = arguments.Provider(), account = arguments.String("webAccountId"),
         client = arguments.String("clientId")](const TaskPtr& task) { SignOut(task, provider, account, client); });
  }

  Napi::Value StartPickProvider(const Napi::CallbackInfo& info) {
    const ArgumentReader arguments(info);
    const HWND owner = ResolveOwnerWindow(arguments.Window()).handle;
    return session_.Begin(
        arguments.Operation(), "pickProvider",
        [owner, kinds = arguments.Kinds()](const TaskPtr& task) { PickProvider(task, owner, kinds); });
  }

  Napi::Value Cancel(const Napi::CallbackInfo& info) {
    return Napi::Boolean::New(info.Env(), session_.Cancel(ReadOperationId(info[0])));
  }

  Napi::Value ResolveWindow(const Napi::CallbackInfo& info) {
    return ToJs(info.Env(), ResolveOwnerWindow(ReadWindow(info[0])));
  }

  Session session_;
};

NODE_API_ADDON(Addon)

}  // namespace wam
