export { tracedCredential } from "./tracing/traced-credential.ts";
export { traceEvents } from "./tracing/trace-events.ts";
export type {
  OpenTelemetry,
  OpenTelemetrySpan,
  OpenTelemetryTracer,
  SpanAttributes,
} from "./tracing/open-telemetry.ts";
