import { createFlowParts, resolveSettings } from "@entrada/core/flow";
import { describeFlow, type PersonAction } from "@entrada/core/testing";
import { createDeviceCodeFlow } from "../src/create-device-code-flow.ts";
import { hurriedClock } from "./hurried-clock.ts";
import { ARM, startAuthority, STORAGE } from "./emulated-authority.ts";

describeFlow("device-code", async () => {
  const emulator = await startAuthority({ deviceCodeIntervalInS: 0.1 });
  const { authorityHost, defaults, person } = emulator;
  let action: PersonAction = "approve";
  let prompts = 0;
  const settings = resolveSettings({ authorityHost, tenantId: defaults.tenantId });
  const parts = createFlowParts({ settings, flow: "device-code", clock: hurriedClock });
  const flow = createDeviceCodeFlow(parts, {
    async userPromptCallback(info, context) {
      prompts += 1;
      if (action === "ignore") return;
      person.script({ action });
      await person.answerDeviceCode(info, context);
    },
  });
  return {
    flow,
    person: (next) => (action = next),
    prompts: () => prompts,
    requests: () => emulator.requests.length,
    tenantId: defaults.tenantId,
    scopes: [ARM, STORAGE],
    dispose: () => emulator[Symbol.asyncDispose](),
  };
});
