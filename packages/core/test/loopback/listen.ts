import { onTestFinished } from "vitest";
import { systemClock } from "../../src/clock.ts";
import type {
  AuthorizationResponse,
  LoopbackListener,
  LoopbackListenerOptions,
} from "../../src/loopback/listener-contract.ts";
import { startLoopbackListener } from "../../src/loopback/loopback-listener.ts";
import { exchange, formPost } from "./raw-client.ts";

export const STATE = "c3RhdGUtb2YtdGhlLXNpZ24taW4tdW5kZXItdGVzdC0x";

export interface TestListener {
  readonly listener: LoopbackListener;
  readonly port: number;
  /** The warnings so far, as "code: message". */
  readonly warnings: readonly string[];
  readonly cancel: AbortController;
  /** The answer, waited for from the beginning. */
  readonly answer: Promise<AuthorizationResponse>;
}

/** A listener on a free port that ends with the test. */
export async function listen(options: Partial<LoopbackListenerOptions> = {}): Promise<TestListener> {
  const warnings: string[] = [];
  const listener = await startLoopbackListener({
    state: STATE,
    clock: systemClock,
    warn: (code, message) => warnings.push(`${code}: ${message}`),
    ...options,
  });
  const cancel = new AbortController();
  const answer = listener.wait(cancel.signal);
  // A test that ends before the answer leaves nobody to take the rejection.
  answer.catch(() => {});
  onTestFinished(async () => {
    cancel.abort();
    await listener.close();
  });
  return { listener, port: Number(new URL(listener.redirectUri).port), warnings, cancel, answer };
}

/** Brings the right answer, ends the sign-in well, and returns the code that came out. */
export async function signIn({ port, answer }: TestListener, code = "the-right-code"): Promise<string> {
  const shown = exchange(port, formPost(port, { code, state: STATE }));
  const response = await answer;
  await response.finish({ ok: true });
  const page = await shown;
  if (page.status !== 200 || !page.body.includes("Sign-in complete")) {
    throw new Error(`The browser saw status ${page.status} in place of the success page.`);
  }
  return response.code;
}
