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
