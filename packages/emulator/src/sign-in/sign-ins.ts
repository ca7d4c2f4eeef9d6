import { randomBytes } from "node:crypto";
import type { EmulatorAccount } from "../directory/directory-types.ts";
import type { EmulatorRequest } from "../http/request.ts";
import type { SignIn } from "./sign-in.ts";

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
