import { throwIfAborted } from "../errors/abort-error.ts";
import type { EventSink } from "../events/event-sink.ts";
import type { Flow, TokenAnswer } from "../flow/flow.ts";
import type { Acquired } from "./acquired.ts";
import type { Session } from "./session.ts";
import type { TokenCall } from "./token-call.ts";

/** Who takes what a flow answers. */
export interface Receiver {
  readonly flow: Flow;
  readonly events: EventSink;
  readonly session: Session;
}

/**
 * Remembers an answer that was checked, and tells of it.
 * @param interactive - whether a person was asked
 */
export function acceptAnswer(
  { flow, events, session }: Receiver,
  call: TokenCall,
  answer: TokenAnswer,
  interactive: boolean,
  signal: AbortSignal,
): Acquired {
  // Signed out, disposed or left by all while the answer was on its way.
  throwIfAborted(signal);
  const acquired = { ...session.accept(call, answer), flow };
  const { username } = answer.account;
  events.report({ type: "done", flow: flow.name, scopes: call.scopes, interactive, username });
  return acquired;
}
