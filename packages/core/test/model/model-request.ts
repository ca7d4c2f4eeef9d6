import type { AuthenticationRecord } from "../../src/authentication-record.ts";
import type { TokenAnswer, TokenRequest } from "../../src/flow/flow.ts";

/** A request that a flow was given, and how it came to end. */
export interface ModelRequest {
  readonly id: number;
  readonly kind: "silent" | "prompt";
  /** Which credential's flow. */
  readonly of: number;
  readonly scope: string;
  readonly request: TokenRequest;
  /** Whose token a silent request can bring: who was signed in when it began. */
  readonly account: AuthenticationRecord | undefined;
  readonly begunAtStep: number;
  readonly begunAt: number;
  answered: boolean;
  answeredAtStep?: number;
  /** By the clock; absent: it goes on. */
  endedAt?: number;
  refused?: string;
  resolve(answer: TokenAnswer): void;
  reject(error: unknown): void;
}

/** Whether somebody wants its answer. */
export function isOpen({ answered, request }: ModelRequest): boolean {
  return !answered && !request.signal.aborted;
}
