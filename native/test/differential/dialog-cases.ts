import { Buffer } from "node:buffer";
import { WamPromptType } from "../../src/index.ts";
import type { ComparisonCase } from "./comparison-case.ts";
import { correlationId, organizations, scope, tenant, userName, webAccountId } from "./directory.ts";
import { nothing, parameters, signIn, signInSilently } from "./microsoft-calls.ts";
import { settled } from "./microsoft-runtime.ts";
import { entra, list, ownAccount, ownProvider, personal } from "./requests.ts";

const consumers = "https://login.microsoftonline.com/consumers";

const personalAnswer = {
  "token.token": new URLSearchParams({
    access_token: "access-token",
    token_type: "bearer",
    scope,
    expires_in: "3600",
    client_info: Buffer.from(
      JSON.stringify({
        uid: "00000000-0000-0000-1111-111111111111",
        utid: "9188040d-6c67-4c5b-b112-36a304b66dad",
      }),
    ).toString("base64url"),
    id_token: idTokenOf("9188040d-6c67-4c5b-b112-36a304b66dad"),
  }).toString(),
};

/** Requests with a dialog. */
export const dialogCases: readonly ComparisonCase[] = [
  {
    name: "a dialog without a hint",
    microsoft: (runtime, window, begin) => {
      begin();
      return signIn(runtime, window, organizations, "").then(nothing);
    },
    ours: async (wam, windowHandle) => {
      await list(wam, organizations);
      await wam.request({
        ...entra,
        operationId: 2,
        mode: "window",
        windowHandle,
        providerAuthority: organizations,
        promptType: WamPromptType.forceAuthentication,
        properties: { ...entra.properties, prompt: "select_account" },
      });
    },
    added: [ownProvider],
  },
  {
    name: "a dialog with the name of a known account",
    microsoft: (runtime, window, begin) => {
      begin();
      return signIn(runtime, window, organizations, userName).then(nothing);
    },
    ours: async (wam, windowHandle) => {
      await list(wam, organizations);
      await wam.request({
        ...entra,
        operationId: 2,
        mode: "window",
        windowHandle,
        providerAuthority: organizations,
        promptType: WamPromptType.forceAuthentication,
        webAccountId,
      });
    },
    added: [ownProvider, ownAccount],
  },
  {
    name: "a dialog with another name",
    microsoft: (runtime, window, begin) => {
      begin();
      return signIn(runtime, window, organizations, "bob@contoso.example").then(nothing);
    },
    ours: async (wam, windowHandle) => {
      await list(wam, organizations);
      await wam.request({
        ...entra,
        operationId: 2,
        mode: "window",
        windowHandle,
        providerAuthority: organizations,
        promptType: WamPromptType.forceAuthentication,
        properties: { ...entra.properties, LoginHint: "bob@contoso.example" },
      });
    },
    added: [ownProvider],
  },
  {
    name: "a dialog with the name of a personal account",
    scenario: personalAnswer,
    microsoft: (runtime, window, begin) => {
      begin();
      return signIn(runtime, window, consumers, "dana@outlook.example").then(nothing);
    },
    ours: async (wam, windowHandle) => {
      await list(wam, "consumers");
      await wam.request({
        ...personal,
        operationId: 2,
        windowHandle,
        promptType: WamPromptType.forceAuthentication,
        properties: {
          ...personal.properties,
          Client_uiflow: "new_account",
          LoginHint: "dana@outlook.example",
        },
      });
    },
    added: [ownProvider],
  },
  {
    name: "a dialog for an account",
    microsoft: async (runtime, window, begin) => {
      const { account } = await signInSilently(runtime, organizations);
      begin();
      await settled((callback) =>
        runtime.AcquireTokenInteractivelyAsync(
          window,
          parameters(runtime, tenant),
          correlationId,
          account,
          callback,
        ),
      );
    },
    ours: async (wam, windowHandle) => {
      await wam.request({
        ...entra,
        operationId: 1,
        mode: "window",
        windowHandle,
        providerAuthority: tenant,
        webAccountId,
        properties: { ...entra.properties, hsu: "1" },
      });
    },
  },
];

function idTokenOf(tenant: string): string {
  const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const subject = { oid: "00000000-0000-0000-1111-111111111111", tid: tenant, sub: "subject", ver: "2.0" };
  return `${encoded({ alg: "none" })}.${encoded({ ...subject, preferred_username: "dana@outlook.example" })}.signature`;
}
