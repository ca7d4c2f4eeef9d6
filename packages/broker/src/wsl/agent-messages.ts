import type { WamLoadFailure, WamProbe, WamTransport, WamWindow } from "@entrada/wam";

/** The methods of a transport that are called over the pipe. The others are answered from the greeting. */
export type RemoteMethod = Exclude<keyof WamTransport, "probe" | "resolveWindowHandle" | "cancel">;

export const REMOTE_METHODS: ReadonlySet<RemoteMethod> = new Set([
  "defaultAccountKind",
  "request",
  "listAccounts",
  "findAccount",
  "signOut",
  "pickProvider",
] as const);

/** What the helper says first, once. */
export type Greeting =
  | {
      readonly hello: 1;
      readonly probe: WamProbe;
      /** The window that shows the console; its handle as a decimal number. */
      readonly window: { readonly handle: string; readonly source: WamWindow["source"] };
    }
  /** Windows is there, and the native module is not usable in it. */
  | { readonly hello: 1; readonly unloadable: WamLoadFailure; readonly message: string };

/** A call. Window handles are decimal numbers, or "console". */
export interface CallMessage {
  readonly call: number;
  readonly method: RemoteMethod;
  readonly operation: { readonly operationId: number } & Readonly<Record<string, unknown>>;
}

/** Ends an operation, as `WamTransport.cancel`. It has no answer of its own. */
export interface CancelMessage {
  readonly cancel: number;
}

/** What came of a call. */
export type AnswerMessage =
  | { readonly answer: number; readonly value: unknown }
  | { readonly answer: number; readonly error: RemoteError };

export interface RemoteError {
  readonly name: string;
  readonly message: string;
  readonly code?: string | undefined;
  readonly step?: string | undefined;
  readonly hresult?: number | undefined;
}
