import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { ADA, BOB, CONTOSO, recordOf } from "../../test/fake-account.ts";
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

describe("one credential after the other, each without an account", () => {
  test("one sign-in is enough for all that would ask the same", async () => {
    await credentialWith().getToken(ARM);
    await credentialWith().getToken(STORAGE);
    expect((await credentialWith().getToken(ARM)).token).toContain("-ada-");
    expect(fake.requests.map(({ mode }) => mode)).toEqual(["window", "silent", "silent"]);
  });

  test("also where Windows does not list the account, which is a personal one", async () => {
    for (let each = 0; each < 3; each += 1) {
      expect((await credentialWith({ tenantId: "consumers" }).getToken(ARM)).token).toContain("-sophie-");
    }
    expect(fake.count("request", "window")).toBe(1);
  });

  test.each<[string, InteractiveBrowserBrokerCredentialOptions]>([
    ["another application", { clientId: "11111111-2222-3333-4444-555555555555" }],
    ["another tenant", { tenantId: CONTOSO }],
    ["a name", { loginHint: BOB.username }],
    ["the picker", { prompt: "select_account" }],
    ["a record", { authenticationRecord: recordOf(BOB) }],
    ["another Windows", { transport: new FakeWam() }],
  ])("%s is another question", async (_, options) => {
    await credentialWith().getToken(ARM);
    const asked = (options.transport as FakeWam | undefined) ?? fake;
    const before = asked.count("request", "window");
    await credentialWith(options).getToken(ARM);
    expect(asked.count("request", "window")).toBe(before + 1);
  });

  test.each<[string, InteractiveBrowserBrokerCredentialOptions]>([
    ["the picker", { prompt: "select_account" }],
    ["a record", { authenticationRecord: recordOf(BOB) }],
  ])("an answer to %s is no answer for who did not ask so", async (_, options) => {
    await credentialWith(options).getToken(ARM);
    await credentialWith().getToken(ARM);
    expect(fake.count("request", "window")).toBe(2);
  });

  test("who asks for a sign-in is asked: another person may answer", async () => {
    await credentialWith().getToken(ARM);
    fake.move = { picks: BOB };
    await expect(credentialWith().authenticate(ARM)).resolves.toMatchObject({ username: BOB.username });
  });

  test("nobody goes on as who has signed out, or needs its person again", async () => {
    const first = credentialWith();
    await first.getToken(ARM);
    await first.signOut();
    await credentialWith().getToken(ARM);
    expect(fake.count("request", "window")).toBe(2);
    fake.needPerson.add(ADA);
    await credentialWith().getToken(ARM);
    expect(fake.count("request", "window")).toBe(3);
  });
});
