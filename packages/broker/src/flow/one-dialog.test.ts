import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { FakeWam } from "../../test/fake-wam.ts";
import { ARM, STORAGE } from "../../test/flow-on-fake.ts";
import type { InteractiveBrowserBrokerCredentialOptions } from "./broker-options.ts";
import { InteractiveBrowserBrokerCredential } from "./interactive-browser-broker-credential.ts";

let fake: FakeWam;
beforeEach(() => {
  fake = new FakeWam();
});
const credentialWith = (
  options: InteractiveBrowserBrokerCredentialOptions = {},
): InteractiveBrowserBrokerCredential =>
  new InteractiveBrowserBrokerCredential({ transport: fake, browserFallback: "never", ...options });

test("three credentials, one sign-in: one dialog", async () => {
  const three = [credentialWith(), credentialWith(), credentialWith()];
  const tokens = await Promise.all([
    three[0]!.getToken(ARM),
    three[1]!.getToken(STORAGE),
    three[2]!.getToken(ARM),
  ]);
  expect(tokens.length).toBe(3);
  expect(fake.count("request", "window")).toBe(1);
});

test("three credentials, and the person closes the first dialog: one dialog, also for the fourth", async () => {
  fake.move = "cancel";
  // Time to read the dialog: each look at the clock is a second after the one before.
  let seconds = 0;
  const clock = vi.spyOn(process, "hrtime").mockImplementation(() => [(seconds += 1), 0]);
  onTestFinished(() => clock.mockRestore());
  const calls = [credentialWith(), credentialWith(), credentialWith()].map((each) => each.getToken(ARM));
  for (const call of calls) await expect(call).rejects.toMatchObject({ code: "user_cancelled" });
  await expect(credentialWith().getToken(ARM)).rejects.toMatchObject({ detail: "prompt_cooldown" });
  expect(fake.count("request", "window")).toBe(1);
});

test("two new credentials that must ask, at once: one dialog, as one answer serves both", async () => {
  const two = [credentialWith(), credentialWith()];
  await Promise.all(two.map((each) => each.authenticate(ARM, { forcePrompt: true })));
  expect(fake.count("request", "window")).toBe(1);
});
