// Windows.System.DispatcherQueueController, which Wine lacks: a thread with a message loop that runs what is queued.
// Microsoft's own client opens its dialogs on such a thread.
#pragma once

#include "object.h"

namespace fake {

class QueueControllerFactory final : public Object<QueueControllerStatics, ActivationFactory> {
 public:
  HRESULT STDMETHODCALLTYPE CreateOnDedicatedThread(QueueController** controller) override;
  HRESULT STDMETHODCALLTYPE ActivateInstance(IInspectable**) override { return E_NOTIMPL; }

 private:
  FactoryMark mark_;
};

}  // namespace fake
