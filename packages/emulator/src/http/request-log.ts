/** What a request is for. `redeem`, `refresh` and `poll` are token requests, told apart by their grant. */
export type RequestKind =
  | "discovery"
  | "instance"
  | "jwks"
  | "authorize"
  | "signin"
  | "devicecode"
  | "devicepage"
  | "token"
  | "redeem"
  | "refresh"
  | "poll"
  | "logout"
  | "arm"
  | "graph"
  | "control"
  | "other";

export const REQUEST_KINDS: readonly RequestKind[] = [
  "discovery",
  "instance",
  "jwks",
  "authorize",
  "signin",
  "devicecode",
  "devicepage",
  "token",
  "redeem",
  "refresh",
  "poll",
  "logout",
  "arm",
  "graph",
  "control",
  "other",
];

/** One request that was answered, or that was left without an answer. Holds no code, token or verifier. */
export interface RecordedRequest {
  readonly kind: RequestKind;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** The tenant segment of the path. */
  readonly tenant?: string;
  /** 0 where a scripted fault cut the connection or never answered. */
  readonly status: number;
  readonly grantType?: string;
  readonly clientId?: string;
  readonly scope?: string;
  /** Whether the request carried a `claims` parameter. */
  readonly hasClaims: boolean;
  readonly correlationId: string;
  /** The OAuth `error` of the answer. */
  readonly error?: string;
  /** When it came, by the emulator's clock, in milliseconds since 1970. */
  readonly time: number;
}

/** The requests so far, oldest first. */
export class RequestLog {
  readonly #requests: RecordedRequest[] = [];

  get requests(): readonly RecordedRequest[] {
    return this.#requests;
  }

  add(request: RecordedRequest): void {
    this.#requests.push(request);
  }

  /** How many requests of this kind; `token` counts every request to the token endpoint. */
  count(kind: RequestKind): number {
    return this.#requests.filter((request) => isOfKind(request.kind, kind)).length;
  }
}

/** Whether a request of the one kind is meant by the other. */
export function isOfKind(kind: RequestKind, wanted: RequestKind): boolean {
  return kind === wanted || (wanted === "token" && ["redeem", "refresh", "poll"].includes(kind));
}
