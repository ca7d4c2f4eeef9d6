import { expect } from "vitest";
import type { BrokerAnswer } from "../src/contract/broker-answer.ts";

/** What every answer of a broker is that was not refused. */
export function expectWellFormed(answer: BrokerAnswer): void {
  expect(answer.token).toMatch(/^[\x21-\x7e]+$/);
  expect(Number.isFinite(answer.expiresOnTimestamp)).toBe(true);
  expect(answer.homeAccountId).toMatch(/^[\w-]+\.[\w-]+$/);
  expect(answer.username).not.toMatch(/\p{Cc}/u);
  expect([typeof answer.tenantId, typeof answer.username]).toEqual(["string", "string"]);
  for (const scope of answer.grantedScopes) expect(scope).toMatch(/^[\x21-\x7e]+$/);
}
