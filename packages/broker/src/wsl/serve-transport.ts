import type { WamTransport } from "@entrada/wam";
import {
  REMOTE_METHODS,
  type AnswerMessage,
  type CallMessage,
  type CancelMessage,
  type RemoteError,
} from "./agent-messages.ts";

/** Does what a message asks of a transport, and sends what came of it. */
export function serveTransport(
  transport: WamTransport,
  message: object,
  send: (answer: AnswerMessage) => void,
): void {
  const { call, method, operation, cancel } = message as Partial<CallMessage & CancelMessage>;
  if (typeof cancel === "number") {
    transport.cancel(cancel);
    return;
  }
  if (typeof call !== "number" || method === undefined || operation === undefined) return;
  called(transport, method, operation).then(
    (value) => send({ answer: call, value: value ?? null }),
    (error: unknown) => send({ answer: call, error: toldError(error) }),
  );
}

async function called(
  transport: WamTransport,
  method: CallMessage["method"],
  operation: CallMessage["operation"],
): Promise<unknown> {
  if (!REMOTE_METHODS.has(method)) throw new TypeError(`There is no method ${method}`);
  const { windowHandle, ...rest } = operation;
  if (typeof windowHandle !== "string") return transport[method](rest as never);
  const handle = windowHandle === "console" ? windowHandle : BigInt(windowHandle);
  return transport[method]({ ...rest, windowHandle: handle } as never);
}

function toldError(error: unknown): RemoteError {
  const { name, message, code, step, hresult } = error as RemoteError;
  return { name, message, code, step, hresult };
}
