import { expect, test } from "vitest";
import { ADA, ScriptedFlow } from "../../test/scripted-flow.ts";
import { memoryTokenCache } from "../cache/memory-token-cache.ts";
import { AuthenticationError } from "../errors/authentication-error.ts";
import { EventSink } from "../events/event-sink.ts";
import { createLogger } from "../events/logger.ts";
import { resolveSettings } from "../options/resolve-settings.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { TokenEngine } from "./token-engine.ts";

const ARM = "https://management.azure.com/.default";

// Who signs in shows that somebody is there who wants to: then nobody else's prompt has to rest any more.
test("a sign-in ends the rest of all who wait for a person, whomever they mean", async () => {
  const clock = virtualClock();
  const flow = new ScriptedFlow(clock);
  flow.onSilent = () =>
    Promise.reject(new AuthenticationError({ code: "authentication_required", what: "Nobody is signed in" }));
  const tokenCache = memoryTokenCache();
  const credentialOf = (loginHint?: string): TokenEngine =>
    new TokenEngine({
      settings: resolveSettings({ tokenCache, loginHint }, { timeoutInMs: 300_000 }),
      flow,
      events: new EventSink(
        undefined,
        createLogger("test", () => {}),
      ),
      clock,
      random: () => 0,
    });
  const [anybody, bob, eve] = [credentialOf(), credentialOf("bob"), credentialOf("eve")];
  const approve = flow.onPrompt;
  flow.onPrompt = () => Promise.reject(new AuthenticationError({ code: "user_cancelled", what: "closed" }));
  for (const each of [anybody, bob, eve]) await each.getToken(ARM).catch(() => {});
  for (const each of [anybody, bob, eve])
    await expect(each.getToken(ARM)).rejects.toMatchObject({ detail: "prompt_cooldown" });
  expect(flow.prompts.length).toBe(3);

  flow.onPrompt = approve;
  expect((await anybody.authenticate(ARM)).username).toBe(ADA.username);
  await bob.getToken(ARM);
  await eve.getToken(ARM);
  expect(flow.prompts.length).toBe(6);
});

test("a dialog that ends unread is shown once more by itself, and then rests like a no", async () => {
  const clock = virtualClock();
  const flow = new ScriptedFlow(clock);
  const required = new AuthenticationError({ code: "authentication_required", what: "Nobody is signed in" });
  flow.onSilent = () => Promise.reject(required);
  const remedy = "Set another way";
  const unread = { code: "user_cancelled", what: "ended", detail: "dialog_closed_at_once", remedy } as const;
  flow.onPrompt = () => Promise.reject(new AuthenticationError(unread));
  const credential = new TokenEngine({
    settings: resolveSettings({ tokenCache: memoryTokenCache() }, { timeoutInMs: 300_000 }),
    flow,
    events: new EventSink(
      undefined,
      createLogger("test", () => {}),
    ),
    clock,
    random: () => 0,
  });
  const details = [];
  for (let call = 0; call < 5; call += 1) {
    details.push(await credential.getToken(ARM).catch(({ detail, hint }) => [detail, hint]));
  }
  expect(details).toEqual([
    ["dialog_closed_at_once", remedy],
    ["dialog_closed_at_once", remedy],
    ...Array.from({ length: 3 }, () => ["prompt_cooldown", remedy]),
  ]);
  expect(flow.prompts.length).toBe(2);

  // Who calls for it gets it.
  await credential.authenticate(ARM).catch(() => {});
  expect(flow.prompts.length).toBe(3);

  // After the rest there is one try, not two.
  await clock.advance(30_000);
  for (let call = 0; call < 3; call += 1) await credential.getToken(ARM).catch(() => {});
  expect(flow.prompts.length).toBe(4);
});
