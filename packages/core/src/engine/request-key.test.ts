import { expect, test } from "vitest";
import { ADA } from "../../test/scripted-flow.ts";
import { flowRequest } from "./flow-request.ts";
import { keyOfRequest, keyOfToken } from "./request-key.ts";
import type { TokenCall } from "./token-call.ts";

const CALL: TokenCall = {
  scopes: ["a", "b"],
  tenantId: "t",
  enableCae: false,
  correlationId: "c",
  options: {},
};

test("calls share a request where all that changes the answer is the same, and nowhere else", () => {
  const others: Partial<TokenCall>[] = [
    { scopes: ["a"] },
    { scopes: ["ab"] },
    { tenantId: "tcae" },
    { tenantId: "u" },
    { enableCae: true },
    { claims: "{}" },
    { claims: '{"a":1}' },
  ];
  const keys = [{}, ...others].map((changes) => keyOfRequest({ ...CALL, ...changes }));
  expect(new Set(keys).size).toBe(keys.length);
  expect(keyOfRequest({ ...CALL, correlationId: "other", options: { claims: "" } })).toBe(keys[0]);
});

test("the token that claims have brought is everybody's", () => {
  expect(keyOfToken({ ...CALL, claims: "{}" })).toEqual({ scope: "a b", tenantId: "t", enableCae: false });
  expect(keyOfToken({ ...CALL, enableCae: true }).enableCae).toBe(true);
});

test("a flow is asked for what the call says, and for nothing that it does not", () => {
  const { signal } = new AbortController();
  const { correlationId, enableCae, scopes, tenantId } = CALL;
  const plain = { scopes, tenantId, enableCae, signal, correlationId };
  const asked = flowRequest(CALL, undefined, signal);
  expect(asked).toEqual(plain);
  expect(Object.keys(asked)).toHaveLength(Object.keys(plain).length);
  expect(flowRequest({ ...CALL, claims: "{}" }, ADA, signal)).toEqual({
    ...plain,
    claims: "{}",
    account: ADA,
  });
});
