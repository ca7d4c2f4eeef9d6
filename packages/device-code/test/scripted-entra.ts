import { AbortError, type AuthorityAnswer, type TokenAnswer } from "@entrada/core/flow";
import type { DeviceCodeEntra } from "../src/device-code-sign-in.ts";

export const DEVICE_ENDPOINT = "https://login.example/tenant/oauth2/v2.0/devicecode";
export const TOKEN_ENDPOINT = "https://login.example/tenant/oauth2/v2.0/token";

export const TOKEN_ANSWER: TokenAnswer = {
  token: "access-token",
  expiresOnTimestamp: 1,
  account: {
    authority: "login.example",
    homeAccountId: "ada.home",
    clientId: "client",
    tenantId: "tenant",
    username: "ada@contoso.example",
  },
  tenantId: "tenant",
  grantedScopes: ["scope"],
};

export interface RecordedPost {
  readonly url: string;
  readonly form: Readonly<Record<string, string>>;
  readonly repeat: string | undefined;
}

type Step = AuthorityAnswer | Error | "hangs";

/** An authority's answer. */
export function answer(json: Record<string, unknown>, status = "error" in json ? 400 : 200): AuthorityAnswer {
  return { status, json, header: () => undefined };
}

export const DEVICE_ANSWER: AuthorityAnswer = answer({
  device_code: "device-code-secret",
  user_code: "ABCD-EFGH",
  verification_uri: "https://microsoft.com/devicelogin",
  message: "Open https://microsoft.com/devicelogin and enter ABCD-EFGH",
  expires_in: 900,
  interval: 5,
});

/** The msal boundary of a flow under test: answers from a script, and remembers what it was asked, in order. */
export class ScriptedEntra implements DeviceCodeEntra {
  readonly posts: RecordedPost[] = [];
  /** What the flow did with the boundary, by the names of its methods. */
  readonly calls: string[] = [];
  readonly redeemed: Parameters<DeviceCodeEntra["redeemDeviceCode"]>[1][] = [];
  device: Step = DEVICE_ANSWER;
  /** The answers to the polls; the last one is repeated. */
  polls: readonly Step[] = [answer({ access_token: "t" })];

  get pollCount(): number {
    return this.posts.filter(({ url }) => url === TOKEN_ENDPOINT).length;
  }

  metadata: DeviceCodeEntra["metadata"] = async () => ({
    issuer: "https://login.example/tenant/v2.0",
    authorization_endpoint: "https://login.example/tenant/oauth2/v2.0/authorize",
    token_endpoint: TOKEN_ENDPOINT,
    device_authorization_endpoint: DEVICE_ENDPOINT,
  });

  post: DeviceCodeEntra["post"] = async (url, form, { signal }, repeat) => {
    const step =
      url === DEVICE_ENDPOINT ? this.device : this.polls[Math.min(this.pollCount, this.polls.length - 1)]!;
    this.posts.push({ url, form, repeat });
    this.calls.push(url === DEVICE_ENDPOINT ? "device" : "poll");
    if (step instanceof Error) throw step;
    if (step !== "hangs") return step;
    return new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(new AbortError(signal)), { once: true });
    });
  };

  prepare(): void {
    this.calls.push("prepare");
  }

  redeemDeviceCode: DeviceCodeEntra["redeemDeviceCode"] = async (_, grant) => {
    this.calls.push("redeem");
    this.redeemed.push(grant);
    return TOKEN_ANSWER;
  };
}
