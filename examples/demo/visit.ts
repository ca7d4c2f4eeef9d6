import { browserAvailability, memoryTokenCache } from "@entrada/core";
import type { DeviceCodeInfo } from "@entrada/device-code";
import { deviceCode } from "../device-code.ts";
import { listContainers } from "../list-containers.ts";
import { showSubscription } from "../show-subscription.ts";
import type { DemoRun } from "./demo-settings.ts";
import { createNarrator } from "./narrator.ts";
import type { Scene } from "./scene.ts";
import type { Terminal } from "./terminal.ts";

/** Signs in and runs two examples, each with a credential of its own. What they share is the sign-in. */
export async function visit(
  { options, person }: Scene,
  { scripted, deviceCode: wantsCode }: DemoRun,
  terminal: Terminal,
): Promise<void> {
  const { print, heading } = terminal;
  const browser = browserAvailability();
  // Without a screen and without a terminal nobody is there to answer.
  const nobody = person !== undefined && !scripted && !browser.available && !terminal.isInteractive;
  const actor = scripted || nobody ? person : undefined;
  const byCode = wantsCode || (!actor && !browser.available);
  const narrator = createNarrator(
    terminal,
    actor ? "scripted person" : person ? "person at the emulator" : "person at Entra ID",
  );
  const example = {
    ...options,
    credential: {
      ...options.credential,
      tokenCache: memoryTokenCache(),
      onEvent: narrator.onEvent,
    },
    print: (line: string) => print(`    ${line}`),
  };
  // What only the browser, and what only the device code knows.
  const openBrowser = actor && {
    openBrowser: (...prompt: Parameters<typeof actor.openBrowser>) => actor.openBrowser(...prompt),
  };
  const byBrowser = { ...example, credential: { ...example.credential, ...openBrowser } };
  const userPromptCallback = async (
    info: DeviceCodeInfo,
    context: { signal: AbortSignal },
  ): Promise<void> => {
    narrator.tellCode(info);
    await actor?.answerDeviceCode(info, context);
  };

  heading(`1. Subscriptions: examples/${byCode ? "device-code" : "show-subscription"}.ts`);
  if (nobody) print("  There is no screen and no terminal here, so this goes on as with --yes.");
  else if (byCode && !wantsCode) print(`  ${browser.hint}`);
  await (byCode
    ? deviceCode({ ...example, credential: { ...example.credential, userPromptCallback } })
    : showSubscription(byBrowser));

  heading("2. Containers: examples/list-containers.ts");
  if (example.accountUrl === undefined) print("  Left out: name a storage account with --account NAME.");
  else await listContainers(byBrowser);
}
