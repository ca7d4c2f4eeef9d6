import type { AccessToken, GetTokenOptions } from "@azure/core-auth";

/** What the promises need of a credential: the shape that Entrada and the other Azure libraries share. */
export interface SubjectCredential {
  getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken | null>;
  authenticate(scopes: string | string[]): Promise<unknown>;
}

export interface SubjectOptions {
  readonly authorityHost: string;
  readonly tenantId?: string;
  readonly additionallyAllowedTenants?: string[];
  readonly loginHint?: string;
  readonly redirectUri?: string;
  readonly disableAutomaticAuthentication?: boolean;
  /** The person's time and one request's time, in ms, where the subject can limit them. */
  readonly timeoutInMs?: number;
  readonly requestTimeoutInMs?: number;
}

export interface BrowserSubjectOptions extends SubjectOptions {
  /** Called with each address that a browser is asked to open. */
  readonly onOpen: (url: string) => void;
}

export interface DeviceCodeSubjectOptions extends SubjectOptions {
  readonly onPrompt: (info: { readonly userCode: string; readonly verificationUri: string }) => void;
}

/** A family of credentials that is put to the promises. */
export interface Subject {
  readonly name: string;
  browser(options: BrowserSubjectOptions): SubjectCredential;
  deviceCode(options: DeviceCodeSubjectOptions): SubjectCredential;
}
