import {
  WamError,
  windowHandleValue,
  type WamErrorCode,
  type WamAccount,
  type WamAccountKind,
  type WamFindAccount,
  type WamListAccounts,
  type WamListResult,
  type WamOperation,
  type WamPickProvider,
  type WamProbe,
  type WamRequest,
  type WamRequestResult,
  type WamSignOut,
  type WamTransport,
  type WamWindow,
  type WindowHandle,
} from "@entrada/wam";
import { brokerEnded } from "./broker-ended.ts";
import type { Greeting, RemoteError, RemoteMethod } from "./agent-messages.ts";
import { HelperEnded, HelperRefusal, type HelperProcess } from "./agent-process.ts";

/** A helper that has greeted, with what it found. */
export interface GreetedHelper {
  readonly helper: HelperProcess;
  readonly greeting: Extract<Greeting, { readonly probe: WamProbe }>;
}

/** The Web Account Manager of the Windows outside, over the pipes of a helper that runs there. */
export class WslTransport implements WamTransport {
  readonly #start: () => Promise<GreetedHelper>;
  readonly #pending = new Map<number, (error: WamError) => void>();
  #present: GreetedHelper;
  #coming: Promise<GreetedHelper> | undefined;

  /** @param start - starts the helper anew, once the present one has ended */
  constructor(present: GreetedHelper, start: () => Promise<GreetedHelper>) {
    this.#present = present;
    this.#start = start;
  }

  probe(): WamProbe {
    return this.#present.greeting.probe;
  }

  defaultAccountKind(operation: WamOperation): Promise<WamAccountKind | null> {
    return this.#call("defaultAccountKind", operation);
  }

  request(request: WamRequest): Promise<WamRequestResult> {
    return this.#call("request", request, request.mode === "window");
  }

  listAccounts(operation: WamListAccounts): Promise<WamListResult> {
    return this.#call("listAccounts", operation);
  }

  findAccount(operation: WamFindAccount): Promise<WamAccount | null> {
    return this.#call("findAccount", operation);
  }

  signOut(operation: WamSignOut): Promise<boolean> {
    return this.#call("signOut", operation);
  }

  pickProvider(operation: WamPickProvider): Promise<WamAccountKind | null> {
    return this.#call("pickProvider", operation, true);
  }

  cancel(operationId: number): boolean {
    const reject = this.#pending.get(operationId);
    if (!reject) return false;
    reject(new WamError({ code: "WAM_CANCELLED", step: "cancel" }));
    this.#present.helper.cancel(operationId);
    return true;
  }

  /** The window of the terminal is found in Windows; whether a given one is there shows when it is used. */
  resolveWindowHandle(handle?: WindowHandle): WamWindow {
    const given = windowHandleValue(handle);
    if (given !== 0n) return { handle: given, source: "given" };
    const { window } = this.#present.greeting;
    return { handle: BigInt(window.handle), source: window.source };
  }

  async #call<T>(
    method: RemoteMethod,
    operation: WamOperation & { readonly windowHandle?: WindowHandle },
    shows = false,
  ): Promise<T> {
    const { background = false, windowHandle, ...rest } = operation;
    const handle = windowHandleValue(windowHandle);
    const named =
      windowHandle === undefined ? {} : { windowHandle: handle === 0n ? "console" : String(handle) };
    const sent = { ...rest, ...named };
    const { operationId } = operation;
    let left = (): void => {};
    const cancelled = new Promise<never>((_, reject) => {
      this.#pending.set(operationId, reject);
      left = () => void this.#pending.delete(operationId);
    });
    try {
      const answered = this.#answered(method, sent, { background, shows });
      return (await Promise.race([answered, cancelled])) as T;
    } finally {
      left();
    }
  }

  /** A helper that ends is started anew, and asked once more for what shows nothing: nothing is shown twice by itself. */
  async #answered(
    method: RemoteMethod,
    operation: WamOperation,
    { background, shows }: { readonly background: boolean; readonly shows: boolean },
  ): Promise<unknown> {
    for (let attempt = 1; ; attempt += 1) {
      const { helper } = await this.#running();
      try {
        return await helper.call(method, { ...operation }, background);
      } catch (error) {
        if (error instanceof HelperRefusal) throw toldError(error.refusal);
        if (!(error instanceof HelperEnded)) throw error;
        if (shows || attempt > 1) throw brokerEnded(error);
      }
    }
  }

  /** The helper, started anew if the last one has ended: once, whoever waits for it. */
  async #running(): Promise<GreetedHelper> {
    if (!this.#present.helper.hasEnded) return this.#present;
    this.#coming ??= this.#start().finally(() => (this.#coming = undefined));
    return (this.#present = await this.#coming);
  }
}

function toldError({ name, message, code, step = "", hresult }: RemoteError): Error {
  if (code?.startsWith("WAM_") === true) {
    const number = hresult === undefined ? {} : { hresult };
    return new WamError({ code: code as WamErrorCode, step, ...number });
  }
  const error = name === "TypeError" ? new TypeError(message) : new Error(message);
  return Object.assign(error, code === undefined ? {} : { code });
}
