import assert from "node:assert/strict";
import type { WamRequest, WamTransport } from "../../src/index.ts";
import { callNames, operationId, silent, wamTest } from "./fake-wam.ts";

const wrong: Readonly<Record<string, unknown>> = {
  operationId: [undefined, "1", -1, 1.5, 2 ** 32, Number.NaN, 1n],
  mode: [undefined, "loud", 0],
  providerId: [1, null],
  providerAuthority: [undefined, null, 7],
  scope: [undefined, ["openid"]],
  clientId: [undefined, {}],
  promptType: ["1", null],
  properties: [null, "a=b", { key: 1 }, { key: undefined }],
  appProperties: [1, { key: null }],
  correlationId: [1],
  webAccountId: [1],
  invalidateFirst: [1, "yes"],
  background: [1, null],
};

wamTest("an argument that is not what its type says is a TypeError that names it", {}, async (wam) => {
  for (const [name, values] of Object.entries(wrong)) {
    for (const value of values as unknown[]) {
      const request = { ...silent(), [name]: value } as WamRequest;
      await assert.rejects(wam.request(request), (error: Error) => {
        assert.equal(error.name, "TypeError", `${name}: ${String(value)}`);
        assert.match(error.message, new RegExp(name));
        return true;
      });
    }
  }
  assert.deepEqual(callNames(), []);
});

wamTest("an operation that is no object", {}, async (wam) => {
  const call = wam.defaultAccountKind.bind(wam) as unknown as (operation: unknown) => Promise<unknown>;
  for (const operation of [undefined, null, 1, "x"]) await assert.rejects(call(operation), TypeError);
});

wamTest("kinds of the picker", {}, async (wam) => {
  const pick = wam.pickProvider.bind(wam) as unknown as (operation: unknown) => Promise<unknown>;
  for (const kinds of [undefined, [], ["everyone"], "consumers", [1]]) {
    await assert.rejects(pick({ operationId: operationId(), kinds }), {
      name: "TypeError",
      message: /kinds/,
    });
  }
});

wamTest("an error of the caller's own getter reaches the caller", {}, async (wam) => {
  const request = Object.defineProperty({ ...silent() }, "scope", {
    enumerable: true,
    get() {
      throw new RangeError("mine");
    },
  });
  await assert.rejects(wam.request(request), { name: "RangeError", message: "mine" });
});

wamTest(
  "the id of a pending operation is taken, that of an ended one is free",
  {},
  async (wam: WamTransport) => {
    const request = silent();
    const first = wam.request(request);
    await assert.rejects(wam.request(request), { name: "TypeError", message: /pending operation/ });
    assert.equal((await first).status, 0);
    assert.equal((await wam.request(request)).status, 0);
  },
);
