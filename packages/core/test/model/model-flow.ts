import type { AuthenticationRecord } from "../../src/authentication-record.ts";
import { AbortError } from "../../src/errors/abort-error.ts";
import type { Flow, InteractiveRequest, TokenAnswer, TokenRequest } from "../../src/flow/flow.ts";
import type { SharedSignIns } from "../../src/flow/shared-sign-ins.ts";
import type { ModelRequest } from "./model-request.ts";

/** What one or two credentials keep: who is signed in there. */
export interface Kept {
  account: AuthenticationRecord | undefined;
  /** Changes with every sign-in and sign-out. */
  revision: number;
}

export interface ModelFlowOptions {
  readonly of: number;
  readonly kept: Kept;
  readonly sharing: SharedSignIns | undefined;
  readonly asksBy: object | undefined;
  /** Whether it ends when its signal says so; a flow that does not may answer whoever has left. */
  readonly obeys: boolean;
  /** Takes each request; the explorer says what comes of it, and when. */
  begin(request: Pick<ModelRequest, "kind" | "of" | "request" | "account" | "resolve" | "reject">): void;
}

/** A flow whose every answer is the explorer's choice. */
export class ModelFlow implements Flow {
  readonly name = "model";
  readonly sharing: SharedSignIns | undefined;
  readonly asksBy: object | undefined;
  readonly #options: ModelFlowOptions;

  constructor(options: ModelFlowOptions) {
    this.#options = options;
    this.sharing = options.sharing;
    this.asksBy = options.asksBy;
  }

  silent(request: TokenRequest): Promise<TokenAnswer> {
    return this.#begin("silent", request);
  }

  interactive(request: InteractiveRequest): Promise<TokenAnswer> {
    return this.#begin("prompt", request);
  }

  async accounts(): Promise<readonly AuthenticationRecord[]> {
    const { account } = this.#options.kept;
    return account ? [account] : [];
  }

  async signOut(): Promise<void> {
    const { kept } = this.#options;
    kept.account = undefined;
    kept.revision += 1;
  }

  async takeOver(account: AuthenticationRecord): Promise<void> {
    this.#options.kept.account = account;
  }

  #begin(kind: ModelRequest["kind"], request: TokenRequest): Promise<TokenAnswer> {
    const { begin, of, kept, obeys } = this.#options;
    return new Promise((resolve, reject) => {
      begin({ kind, of, request, account: request.account ?? kept.account, resolve, reject });
      if (!obeys) return;
      request.signal.addEventListener("abort", () => reject(new AbortError(request.signal)), { once: true });
    });
  }
}
