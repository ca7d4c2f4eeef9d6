/**
 * What tracing needs of OpenTelemetry, declared by structure: the module `@opentelemetry/api` fits as it is, and an
 * application that traces nothing installs none of it.
 */
export interface OpenTelemetry {
  trace: {
    getTracer(name: string): OpenTelemetryTracer;
    getSpan(context: any): OpenTelemetrySpan | undefined;
    getActiveSpan(): OpenTelemetrySpan | undefined;
    setSpan(context: any, span: any): unknown;
  };
  context: {
    active(): unknown;
    with<Result>(context: any, work: () => Result): Result;
  };
}

/** Begins spans. */
export interface OpenTelemetryTracer {
  startSpan(name: string, options: { readonly attributes: SpanAttributes }, context: any): OpenTelemetrySpan;
}

/** A stretch of time with a name, in a trace. */
export interface OpenTelemetrySpan {
  isRecording(): boolean;
  addEvent(name: string, attributes: SpanAttributes): unknown;
  setAttributes(attributes: SpanAttributes): unknown;
  setStatus(status: { code: number; message?: string }): unknown;
  end(): void;
}

/** What a span or an event of it has to say. */
export type SpanAttributes = Record<string, string | number | boolean | string[]>;
