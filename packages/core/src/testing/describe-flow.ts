import { afterEach, describe, expect, test } from "vitest";
import type { AuthenticationEvent } from "../events/events.ts";
import { deferred } from "../deferred.ts";
import type { Flow, InteractiveRequest, TokenRequest } from "../flow/flow.ts";

/** What the person does at the prompts that follow. "ignore": never answers. */
export type PersonAction = "approve" | "decline" | "ignore";

export interface FlowSetup {
  readonly flow: Flow;
  /** Tells the person, real or scripted, what to do from now on. */
  person(action: PersonAction): void;
  /** How many prompts the person has seen. */
  prompts(): number;
  /** How many requests the authority has received. */
  requests(): number;
  readonly tenantId: string;
  /** Scopes of two resources that one sign-in serves. */
  readonly scopes: readonly [string, string];
  dispose(): void | PromiseLike<void>;
}

/**
 * What every `Flow` must do, as a vitest suite: call it in a test file of your own with a flow that talks to an
 * authority of yours, such as `@entrada/emulator`.
 */
export function describeFlow(name: string, setup: () => Promise<FlowSetup>): void {
  describe(`flow: ${name}`, () => {
    let current: FlowSetup;
    const start = async (action: PersonAction): Promise<FlowSetup> => {
      current = await setup();
      current.person(action);
      return current;
    };
    afterEach(() => current.dispose());

    test("silent requires a person when nobody is signed in, and asks nobody for that", async () => {
      const { flow, prompts, requests } = await start("approve");
      await expect(flow.silent(silently(current))).rejects.toMatchObject({ code: "authentication_required" });
      expect([prompts(), requests()]).toEqual([0, 0]);
      expect(await flow.accounts()).toEqual([]);
    });

    test("a sign-in gives a token, its account and its times", async () => {
      const { flow, prompts, scopes } = await start("approve");
      const answer = await flow.interactive(interactively(current));
      expect(answer.token).toMatch(/^[\x21-\x7e]+$/);
      expect(answer.expiresOnTimestamp).toBeGreaterThan(Date.now());
      expect(answer.account.homeAccountId).toMatch(/[^.]\.[^.]/);
      expect(answer.grantedScopes.length).toBeGreaterThan(0);
      expect(prompts()).toBe(1);
      expect((await flow.accounts()).map((each) => each.homeAccountId)).toEqual([
        answer.account.homeAccountId,
      ]);
      expect(scopes[0]).not.toBe(scopes[1]);
    });

    test("one sign-in serves another resource and Continuous Access Evaluation silently", async () => {
      const { flow, prompts, scopes } = await start("approve");
      const { account, token } = await flow.interactive(interactively(current));
      const other = await flow.silent(silently(current, { account, scopes: [scopes[1]] }));
      const cae = await flow.silent(silently(current, { account, enableCae: true }));
      expect(new Set([token, other.token, cae.token]).size).toBe(3);
      expect([other.account.homeAccountId, cae.account.homeAccountId]).toEqual([
        account.homeAccountId,
        account.homeAccountId,
      ]);
      expect(prompts()).toBe(1);
    });

    test("a refusal by the person is an error of its own, never a demand to sign in", async () => {
      const { flow } = await start("decline");
      const error = await flow.interactive(interactively(current)).catch((reason: unknown) => reason);
      expect(["access_denied", "user_cancelled"]).toContain((error as { code?: string }).code);
    });

    test("an aborted signal ends a sign-in that nobody answers, and leaves nothing behind", async () => {
      const { flow } = await start("ignore");
      const before = resources();
      const controller = new AbortController();
      const shown = deferred<void>();
      const report = (event: AuthenticationEvent): void =>
        void (event.type === "prompt" && shown.resolve(undefined));
      const signIn = flow.interactive({ ...interactively(current), signal: controller.signal, report });
      const ended = signIn.catch((reason: unknown) => reason);
      await shown.promise;
      controller.abort(new Error("not now"));
      expect(await ended).toMatchObject({ name: "AbortError" });
      // Node takes a closed handle off its list at the end of a turn of the event loop, after its immediates.
      for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      expect(resources()).toEqual(before);
    });

    test("nothing is shown or sent when the signal is aborted already", async () => {
      const { flow, prompts, requests } = await start("approve");
      const request = { ...interactively(current), signal: AbortSignal.abort() };
      await expect(flow.interactive(request)).rejects.toMatchObject({ name: "AbortError" });
      expect([prompts(), requests()]).toEqual([0, 0]);
    });

    test("after signing out a person is required again", async () => {
      const { flow } = await start("approve");
      const { account } = await flow.interactive(interactively(current));
      await flow.signOut(account);
      expect(await flow.accounts()).toEqual([]);
      await expect(flow.silent(silently(current, { account }))).rejects.toMatchObject({
        code: "authentication_required",
      });
    });

    test("no event carries the token", async () => {
      const { flow } = await start("approve");
      const events: AuthenticationEvent[] = [];
      const { token } = await flow.interactive({ ...interactively(current), report: (e) => events.push(e) });
      expect(JSON.stringify(events)).not.toContain(token);
    });
  });
}

function silently(setup: FlowSetup, more: Partial<TokenRequest> = {}): TokenRequest {
  return {
    scopes: [setup.scopes[0]],
    tenantId: setup.tenantId,
    enableCae: false,
    signal: new AbortController().signal,
    correlationId: crypto.randomUUID(),
    ...more,
  };
}

function interactively(setup: FlowSetup): InteractiveRequest {
  return { ...silently(setup), report: () => {} };
}

// Kept-alive connections belong to the transport and do not keep the process; servers and timers would.
function resources(): readonly string[] {
  return process
    .getActiveResourcesInfo()
    .filter((kind) => kind === "TCPServerWrap" || kind === "ProcessWrap")
    .sort();
}
