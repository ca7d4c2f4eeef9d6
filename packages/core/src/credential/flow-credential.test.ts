import { expect, test } from "vitest";
import { ADA, ScriptedFlow } from "../../test/scripted-flow.ts";
import type { AuthenticationRecord } from "../authentication-record.ts";
import { resolveSettings } from "../options/resolve-settings.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { FlowCredential } from "./flow-credential.ts";

const SCOPE = "https://management.azure.com/.default";
const OTHER = "22222222-2222-4222-8222-222222222222";

/** A credential such as a package of its own has one. */
class ScriptedCredential extends FlowCredential {
  constructor(createFlow: () => ScriptedFlow) {
    const settings = resolveSettings({ tenantId: ADA.tenantId, additionallyAllowedTenants: ["*"] });
    super({ settings, flow: "scripted", clock: virtualClock(), createFlow });
  }
}

/** A credential, and the flow that it has by the first call. */
function credentialOf(): { credential: ScriptedCredential; flows: ScriptedFlow[] } {
  const flows: ScriptedFlow[] = [];
  const credential = new ScriptedCredential(() => {
    const flow = new ScriptedFlow(virtualClock());
    flows.push(flow);
    return flow;
  });
  return { credential, flows };
}

test("a token is asked for as the caller has said, and the flow is made by the first call", async () => {
  const { credential, flows } = credentialOf();
  expect(flows).toEqual([]);
  const { token } = await credential.getToken(SCOPE, { tenantId: OTHER });
  expect(token).toBe("token-1");
  expect(flows[0]?.prompts[0]).toMatchObject({ scopes: [SCOPE], tenantId: OTHER });
  await credential.getToken("second", { tenantId: OTHER });
  expect(flows.length).toBe(1);
});

test("a sign-in is of the scopes and in the way that the caller has said, and tells who it was", async () => {
  const { credential, flows } = credentialOf();
  expect(await credential.authenticate(SCOPE)).toEqual(ADA);
  await credential.authenticate(SCOPE);
  await credential.authenticate(SCOPE, { forcePrompt: true });
  expect(flows[0]?.prompts.map(({ scopes }) => scopes)).toEqual([[SCOPE], [SCOPE]]);
});

test("who is signed in is told, and is signed out by name", async () => {
  const { credential, flows } = credentialOf();
  expect(await credential.accounts()).toEqual([]);
  const flow = flows[0]!;
  const out: (AuthenticationRecord | undefined)[] = [];
  flow.signOut = async (account?: AuthenticationRecord) => {
    out.push(account);
    flow.signedIn = undefined;
  };
  await credential.authenticate();
  expect(await credential.accounts()).toEqual([ADA]);
  await credential.signOut(ADA);
  expect(out).toEqual([ADA]);
  expect(await credential.accounts()).toEqual([]);
});

test("nobody has a token of a credential that was disposed", async () => {
  const { credential } = credentialOf();
  await credential.getToken(SCOPE);
  await credential[Symbol.asyncDispose]();
  await expect(credential.getToken(SCOPE)).rejects.toMatchObject({ detail: "disposed" });
});
