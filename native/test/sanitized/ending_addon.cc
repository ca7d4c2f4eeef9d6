// The addon's own session, worker and values in Node.js on Linux. Its operations end by themselves, after some steps on
// the worker: for threads that are terminated meanwhile.
#include <napi.h>
#include <roapi.h>

#include <memory>

#include "session.h"

namespace {

using TaskPtr = std::shared_ptr<wam::Task>;

wam::RequestResult Answer() {
  const wam::TextMap properties(16, {u"name", u"value"});
  wam::RequestResult result;
  result.error = wam::ProviderError{1, u"message", properties};
  result.responses.assign(16, {u"token", properties, wam::Account{u"id", u"user", 0, properties}, result.error});
  return result;
}

void EndAfter(const TaskPtr& task, uint32_t steps) {
  if (steps > 0) return task->Post([task, steps] { EndAfter(task, steps - 1); });
  task->Finish(Answer());
}

class EndingAddon final : public Napi::Addon<EndingAddon> {
 public:
  EndingAddon(Napi::Env env, Napi::Object exports) : session_(env) {
    DefineAddon(exports, {
                             InstanceMethod("begin", &EndingAddon::Begin),
                             InstanceMethod("cancel", &EndingAddon::Cancel),
                         });
  }

 private:
  static uint32_t Id(const Napi::CallbackInfo& info) { return info[0].As<Napi::Number>().Uint32Value(); }

  Napi::Value Begin(const Napi::CallbackInfo& info) {
    const uint32_t id = Id(info);
    return session_.Begin({id, false}, "ending", [id](const TaskPtr& task) { EndAfter(task, id % 5); });
  }

  Napi::Value Cancel(const Napi::CallbackInfo& info) {
    return Napi::Boolean::New(info.Env(), session_.Cancel(Id(info)));
  }

  wam::Session session_;
};

NODE_API_ADDON(EndingAddon)

}  // namespace

// What nobody asks for here.
wam::Probe wam::ProbeWam(const Worker&) { return {}; }
HRESULT RoGetActivationFactory(HSTRING, REFIID, void**) { return E_NOTIMPL; }
