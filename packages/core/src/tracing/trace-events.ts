import type { EventHandler } from "../events/event-sink.ts";
import type { AuthenticationEvent } from "../events/events.ts";
import { check } from "../options/check-option.ts";
import { errorAttributes } from "./error-attributes.ts";
import type { OpenTelemetry, SpanAttributes } from "./open-telemetry.ts";

/**
 * An `onEvent` that writes each step of a sign-in into the span that is active: as the event `entrada.refresh`,
 * `entrada.prompt`, `entrada.done` and so on. No user name, URL, code or message is in it. A renewal that goes on in the
 * background after its span has ended writes nothing.
 *
 * @param opentelemetry - the module `@opentelemetry/api`
 * @throws TypeError for something else
 * @example see `tracedCredential`
 */
export function traceEvents(opentelemetry: Pick<OpenTelemetry, "trace">): EventHandler {
  check.object("opentelemetry", opentelemetry);
  check.methods("opentelemetry.trace", opentelemetry.trace, ["getActiveSpan"]);
  const { trace } = opentelemetry;
  return (event) => {
    const span = trace.getActiveSpan();
    if (span?.isRecording() === true) span.addEvent(`entrada.${event.type}`, attributesOf(event));
  };
}

// Only what is named here gets out: an event may have a user name, a URL with a state, or a code for the person.
function attributesOf(event: AuthenticationEvent): SpanAttributes {
  const attributes: SpanAttributes = { "entrada.flow": event.flow };
  if ("scopes" in event) attributes["entrada.scopes"] = [...event.scopes];
  if ("source" in event) attributes["entrada.source"] = event.source;
  if ("background" in event) attributes["entrada.background"] = event.background;
  if ("interactive" in event) attributes["entrada.interactive"] = event.interactive;
  if ("seconds" in event) attributes["entrada.seconds"] = event.seconds;
  if ("to" in event) attributes["entrada.to"] = event.to;
  if (event.type === "warning") attributes["entrada.code"] = event.code;
  if ("error" in event && event.error !== undefined) Object.assign(attributes, errorAttributes(event.error));
  return attributes;
}
