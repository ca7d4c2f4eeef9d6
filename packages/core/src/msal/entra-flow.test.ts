import { describe, expect, test } from "vitest";
import { ADA, ScriptedFlow } from "../../test/scripted-flow.ts";
import type { InteractiveRequest, TokenAnswer, TokenRequest } from "../flow/flow.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { EntraFlow, type EntraFlowOptions } from "./entra-flow.ts";

const ANSWER = { token: "t" } as TokenAnswer;
const REQUEST = { scopes: ["s"] } as unknown as TokenRequest;

function flowOver(entra: Partial<EntraFlowOptions["entra"]> = {}, asksBy?: object) {
  const steps: unknown[] = [];
  const flow = new EntraFlow({
    name: "x",
    asksBy,
    entra: {
      silent: async (request) => (steps.push(["silent", request]), ANSWER),
      accounts: async () => [ADA],
      signOut: async (account) => void steps.push(["signOut", account]),
      ...entra,
    },
    interactive: async (request) => (steps.push(["interactive", request]), ANSWER),
  });
  return { flow, steps };
}

describe("a flow whose tokens come from Entra", () => {
  test("leaves all but the sign-in itself to the boundary", async () => {
    const asksBy = {};
    const { flow, steps } = flowOver({}, asksBy);
    expect([flow.name, flow.asksBy]).toEqual(["x", asksBy]);
    expect(await flow.silent(REQUEST)).toBe(ANSWER);
    expect(await flow.accounts()).toEqual([ADA]);
    await flow.signOut(ADA);
    expect(steps).toEqual([
      ["silent", REQUEST],
      ["signOut", ADA],
    ]);
    expect(flow.sharing).toBeUndefined();
    expect(await flow.accountOf("ada")).toBeUndefined();
  });

  test("looks whether the sign-in could be kept before it asks", async () => {
    const request = REQUEST as InteractiveRequest;
    const { flow, steps } = flowOver({ checkCache: async () => void steps.push("checked") });
    expect(await flow.interactive(request)).toBe(ANSWER);
    expect(steps).toEqual(["checked", ["interactive", request]]);
    const full = flowOver({ checkCache: () => Promise.reject(new Error("full")) });
    await expect(full.flow.interactive(request)).rejects.toThrow("full");
    expect(full.steps).toEqual([]);
    expect(await flowOver().flow.interactive(request)).toBe(ANSWER);
  });

  test("hands on what the boundary shares and knows", async () => {
    const sharing = { state: async () => "", alone: <T>(work: () => Promise<T>) => work() };
    const { flow } = flowOver({ sharing, accountOf: async (hint) => (hint === "ada" ? ADA : undefined) });
    expect(flow.sharing).toBe(sharing);
    expect(await flow.accountOf("ada")).toBe(ADA);
  });

  test("takes a sign-in over from another of its kind, and from no other flow", async () => {
    const taken: unknown[] = [];
    const { flow } = flowOver({ takeOver: async (...given) => void taken.push(given) });
    const from = flowOver();
    await flow.takeOver(ADA, new ScriptedFlow(virtualClock()));
    expect(taken).toEqual([]);
    await flow.takeOver(ADA, from.flow);
    expect(taken).toMatchObject([[ADA, { silent: expect.any(Function) as unknown }]]);
    await from.flow.takeOver(ADA, flow);
  });
});
