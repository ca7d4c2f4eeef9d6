import { expect } from "vitest";
import { listen, signIn, STATE } from "./listen.ts";
import { exchange } from "./raw-client.ts";

/** The status of the answer; throws when it gives anything away, or when the sign-in does not go on after it. */
export async function statusAmidSignIn(raw: (port: number) => string | Uint8Array): Promise<number> {
  const test = await listen();
  const answer = await exchange(test.port, raw(test.port));
  expect(answer.text).not.toMatch(/access-control-|<script/i);
  expect(answer.text).not.toContain(STATE);
  expect(await signIn(test)).toBe("the-right-code");
  return answer.status;
}
