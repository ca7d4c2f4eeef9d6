import { expect, test } from "vitest";
import { entraOverFetch, tokenRequest } from "../../test/msal/entra-over-fetch.ts";

const URL = "https://login.microsoftonline.com/x";

test("what the way to the authority warns of is told as the flow's", async () => {
  const { entra, clock, authority, events } = entraOverFetch();
  const date = new Date(clock.now() + 3_600_000).toUTCString();
  authority.reply = () => ({ body: {}, headers: { date } });
  expect(events).toEqual([]);
  await entra.post(URL, {}, tokenRequest());
  const message = expect.stringMatching(/clock differs from this machine's by 3600 s/);
  expect(events).toEqual([{ type: "warning", flow: "test", code: "clock_skew", message }]);
});
