import { InteractiveBrowserCredential } from "@entrada/core";
import { startEmulator } from "@entrada/emulator";
import { expect, test } from "vitest";
import { ARM, claimsOf } from "./stage.ts";

const TENANT = "0b6d3c1e-7a52-4f0e-9c88-51d2e4a7f390";
const people = Array.from({ length: 20 }, (_, index) => ({
  username: `person-${index}@contoso.example`,
  displayName: `Person ${index}`,
  objectId: `5d0c8f7a-1111-4222-8333-${String(index).padStart(12, "0")}`,
  tenantId: TENANT,
}));

const startDirectory = () =>
  startEmulator({
    tenants: [{ id: TENANT, domain: "contoso.example", displayName: "Contoso" }],
    accounts: people,
  });

test("the answer to one sign-in, brought to the listener of another, is refused, and both end right", async () => {
  await using emulator = await startDirectory();
  const signIns = people.slice(0, 2).map(({ username }) => {
    const opened = Promise.withResolvers<string>();
    const credential = new InteractiveBrowserCredential({
      authorityHost: emulator.authorityHost,
      tenantId: TENANT,
      fetch: emulator.fetch,
      loginHint: username,
      openBrowser: (url) => opened.resolve(url),
    });
    return { opened: opened.promise, token: credential.getToken(ARM) };
  });
  const [one, other] = await Promise.all(signIns.map(({ opened }) => opened));
  const crossed = new URL(one ?? "");
  crossed.searchParams.set("redirect_uri", new URL(other ?? "").searchParams.get("redirect_uri") ?? "");
  await emulator.person.openBrowser(crossed.href);
  await emulator.person.settled();
  expect(emulator.person.visits).toMatchObject([{ status: 400 }]);

  for (const url of [one, other]) await emulator.person.openBrowser(url ?? "");
  const tokens = await Promise.all(signIns.map(({ token }) => token));
  await emulator.person.settled();
  expect(tokens.map(({ token }) => claimsOf(token)["upn"])).toEqual(
    people.slice(0, 2).map(({ username }) => username),
  );
});

test("twenty sign-ins of twenty people at once each end with their own person's token", async () => {
  await using emulator = await startDirectory();
  const tokens = await Promise.all(
    people.map(({ username }) =>
      new InteractiveBrowserCredential({
        authorityHost: emulator.authorityHost,
        tenantId: TENANT,
        fetch: emulator.fetch,
        loginHint: username,
        openBrowser: (url) => emulator.person.openBrowser(url),
      }).getToken(ARM),
    ),
  );
  await emulator.person.settled();
  expect(tokens.map(({ token }) => claimsOf(token)["upn"])).toEqual(people.map(({ username }) => username));
  expect(emulator.person.visits).toHaveLength(20);
});
