import { randomBytes } from "node:crypto";
import type { Authority } from "./directory.ts";
import type { EmulatorAccount, EmulatorApplication, EmulatorTenant } from "./directory-types.ts";
import type { EntraError } from "./entra-error.ts";
import type { SignInSession } from "./grants.ts";
import type { EmulatorRequest, Reply } from "./request.ts";

/** A person at the sign-in page, from the first page to the last. */
export interface SignIn {
  readonly application: EmulatorApplication;
  readonly authority: Authority;
  /** The tenant segment of the request: the pages stay under it. */
  readonly segment: string;
  readonly scope: string;
  readonly claims: string | undefined;
  readonly prompt: string | undefined;
  readonly loginHint: string | undefined;
  readonly flow: SignInSession["flow"];
  /** Where the last form goes, for the pages' Content-Security-Policy; none for the emulator itself. */
  readonly formTarget: string | undefined;
  /** What the person has done so far. */
  account?: EmulatorAccount;
  confirmed?: boolean;
  consented?: boolean;
  /** Why it cannot go on. */
  refusal?: EntraError;
  /** The person is through: hands over what was asked for. */
  complete(session: SignInSession, tenant: EmulatorTenant, request: EmulatorRequest): Reply;
  /** The person declined, or may not: tells the application. */
  refuse(error: EntraError, request: EmulatorRequest): Reply;
}

/** The sign-ins under way, and the browsers that somebody has signed in with. */
export class SignIns {
  readonly #underWay = new Map<string, SignIn>();
  readonly #browsers = new Map<string, Set<EmulatorAccount>>();

  begin(signIn: SignIn): string {
    const id = randomBytes(24).toString("base64url");
    this.#underWay.set(id, signIn);
    return id;
  }

  get(id: string): SignIn | undefined {
    return this.#underWay.get(id);
  }

  end(id: string): void {
    this.#underWay.delete(id);
  }

  /** The accounts a browser has signed in with, by its cookie. */
  accountsOf(request: EmulatorRequest): readonly EmulatorAccount[] {
    return [...(this.#browsers.get(browserOf(request) ?? "") ?? [])];
  }

  /** Remembers an account for this browser; gives the cookie that names it. */
  remember(request: EmulatorRequest, account: EmulatorAccount): string {
    const browser = browserOf(request) ?? randomBytes(24).toString("base64url");
    this.#browsers.set(browser, new Set(this.#browsers.get(browser)).add(account));
    return `${COOKIE}=${browser}; Path=/; Secure; HttpOnly; SameSite=Lax`;
  }

  forget(request: EmulatorRequest): void {
    this.#browsers.delete(browserOf(request) ?? "");
  }
}

const COOKIE = "__Host-entrada-emulator";

function browserOf({ headers }: EmulatorRequest): string | undefined {
  return new RegExp(`(?:^|; )${COOKIE}=([\\w-]+)`).exec(headers["cookie"] ?? "")?.[1];
}
