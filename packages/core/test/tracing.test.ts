import { startEmulator, type Emulator } from "@entrada/emulator";
import * as opentelemetry from "@opentelemetry/api";
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
  type ReadableSpan,
} from "@opentelemetry/sdk-trace-node";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import {
  InteractiveBrowserCredential,
  isAuthenticationError,
  type InteractiveBrowserCredentialOptions,
} from "../src/index.ts";
import { tracedCredential, traceEvents } from "../src/tracing.ts";

const SCOPE = "https://management.azure.com/.default";
const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
const application = (): opentelemetry.Tracer => opentelemetry.trace.getTracer("the application");
let emulator: Emulator;

beforeAll(() => provider.register());
afterAll(async () => {
  await provider.shutdown();
  opentelemetry.trace.disable();
  opentelemetry.context.disable();
});
beforeEach(async () => {
  emulator = await startEmulator();
  emulator.trust();
});
afterEach(async () => {
  await emulator[Symbol.asyncDispose]();
  exporter.reset();
});

function credentialWith(options: InteractiveBrowserCredentialOptions = {}): InteractiveBrowserCredential {
  return new InteractiveBrowserCredential({
    authorityHost: emulator.authorityHost,
    openBrowser: (url, context) => emulator.person.openBrowser(url, context),
    onEvent: traceEvents(opentelemetry),
    ...options,
  });
}

function spanOf(name: string): ReadableSpan {
  const spans = exporter.getFinishedSpans().filter((span) => span.name === name);
  expect(spans.length, name).toBe(1);
  return spans[0]!;
}

function eventsOf(span: ReadableSpan): readonly string[] {
  return span.events.map(({ name }) => name);
}

test("a sign-in is one span below the active one, named as those of @azure/identity, with its steps", async () => {
  const credential = tracedCredential(credentialWith(), opentelemetry);
  await application().startActiveSpan("work", async (work) => {
    await credential.getToken(SCOPE);
    work.end();
  });
  const span = spanOf("InteractiveBrowserCredential.getToken");
  expect(span.parentSpanContext?.spanId).toBe(spanOf("work").spanContext().spanId);
  expect(span.kind).toBe(opentelemetry.SpanKind.INTERNAL);
  expect(span.attributes).toEqual({ "az.namespace": "Microsoft.AAD" });
  expect(span.status).toEqual({ code: opentelemetry.SpanStatusCode.UNSET });
  expect(eventsOf(span)).toEqual(["entrada.prompt", "entrada.done"]);
  expect(span.events[1]!.attributes).toEqual({
    "entrada.flow": "browser",
    "entrada.scopes": [SCOPE],
    "entrada.interactive": true,
  });
});

test("a warm call has a span, which says that the token came from memory", async () => {
  const credential = tracedCredential(credentialWith(), opentelemetry);
  const { token } = await credential.getToken(SCOPE);
  exporter.reset();
  expect((await credential.getToken(SCOPE)).token).toBe(token);
  const span = spanOf("InteractiveBrowserCredential.getToken");
  expect(eventsOf(span)).toEqual(["entrada.silent_hit"]);
  expect(span.events[0]!.attributes).toMatchObject({ "entrada.source": "memory" });
});

test("calls at once have a span each, and the one that asks has the steps", async () => {
  const credential = tracedCredential(credentialWith(), opentelemetry);
  await Promise.all([credential.getToken(SCOPE), credential.getToken(SCOPE)]);
  const spans = exporter.getFinishedSpans();
  expect(spans.length).toBe(2);
  expect(spans.filter((span) => eventsOf(span).includes("entrada.prompt")).length).toBe(1);
});

test("the span that a client passes is the parent; an empty context of its own is none", async () => {
  const credential = tracedCredential(credentialWith(), opentelemetry);
  const client = application().startSpan("ContainerClient.listBlobs");
  const tracingContext = opentelemetry.trace.setSpan(opentelemetry.ROOT_CONTEXT, client);
  await credential.authenticate(SCOPE, { tracingOptions: { tracingContext } });
  const authenticate = spanOf("InteractiveBrowserCredential.authenticate");
  expect(authenticate.parentSpanContext?.spanId).toBe(client.spanContext().spanId);

  // As @azure/core-tracing makes them where nobody instruments it.
  const empty = { getValue: () => undefined, setValue: () => empty, deleteValue: () => empty };
  await application().startActiveSpan("work", async (work) => {
    await credential.getToken(SCOPE, { tracingOptions: { tracingContext: empty } });
    work.end();
  });
  const getToken = spanOf("InteractiveBrowserCredential.getToken");
  expect(getToken.parentSpanContext?.spanId).toBe(spanOf("work").spanContext().spanId);
});

test("a failure is the span's status, in words without a message, and reaches the caller as it is", async () => {
  const credential = tracedCredential(
    credentialWith({ disableAutomaticAuthentication: true }),
    opentelemetry,
  );
  await expect(credential.getToken(SCOPE)).rejects.toMatchObject({ code: "authentication_required" });
  const span = spanOf("InteractiveBrowserCredential.getToken");
  expect(span.status).toEqual({
    code: opentelemetry.SpanStatusCode.ERROR,
    message: "authentication_required",
  });
  expect(span.attributes).toMatchObject({
    "error.type": "authentication_required",
    "entrada.retryable": false,
  });
  expect(eventsOf(span)).toContain("entrada.failed");
});

test("what the authority refuses has its AADSTS number and the correlation id that finds it in the logs of Entra", async () => {
  const error = { error: "invalid_grant", aadsts: 50105, description: "Not assigned to a role." };
  emulator.script({ on: "redeem", error });
  const credential = tracedCredential(credentialWith(), opentelemetry);
  const failure: unknown = await credential.getToken(SCOPE).catch((reason: unknown) => reason);
  if (!isAuthenticationError(failure)) throw failure;
  expect(failure.correlationId).toEqual(expect.any(String));
  expect(spanOf("InteractiveBrowserCredential.getToken").attributes).toMatchObject({
    "entrada.aadsts": 50105,
    "entrada.correlation_id": failure.correlationId,
  });
});

test("an abort and a wrong argument have the name of their error", async () => {
  const credential = tracedCredential(credentialWith(), opentelemetry);
  await expect(credential.getToken(SCOPE, { abortSignal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  await expect(credential.authenticate([])).rejects.toThrow(TypeError);
  expect(spanOf("InteractiveBrowserCredential.getToken").attributes["error.type"]).toBe("AbortError");
  expect(spanOf("InteractiveBrowserCredential.authenticate").attributes["error.type"]).toBe("TypeError");
});

test("no span has a name of a person, a URL, a token or a secret", async () => {
  const told: unknown[] = [];
  const trace = traceEvents(opentelemetry);
  const onEvent: typeof trace = (event) => {
    told.push(event);
    trace(event);
  };
  const credential = tracedCredential(credentialWith({ onEvent }), opentelemetry);
  const { token } = await credential.getToken(SCOPE);
  // As a flow may tell them: each word that may be personal or secret, in every field of an event.
  application().startActiveSpan("all", (span) => {
    for (const event of [
      {
        type: "prompt",
        flow: "x",
        url: "https://secret/?state=s",
        userCode: "CODE",
        applicationName: "secret",
      },
      { type: "browser_unavailable", flow: "x", url: "https://secret", error: new Error("secret") },
      {
        type: "warning",
        flow: "x",
        code: "a",
        message: "secret",
        url: "https://secret",
        error: new Error("secret"),
      },
      { type: "failed", flow: "x", error: new Error("secret") },
      { type: "refresh_failed", flow: "x", error: new Error("secret") },
      { type: "fallback", flow: "x", to: "browser", reason: "secret" },
      { type: "done", flow: "x", scopes: ["a"], interactive: true, username: "ada@contoso.example" },
    ] as const)
      trace(event);
    span.end();
  });
  const written = JSON.stringify(
    exporter
      .getFinishedSpans()
      .map(({ name, attributes, events, status }) => ({ name, attributes, events, status })),
  );
  expect(told.length).toBeGreaterThan(1);
  for (const hidden of ["secret", "CODE", "ada@", "localhost", "state=", token])
    expect(written).not.toContain(hidden);
});

test("the other methods are the credential's own", async () => {
  const credential = tracedCredential(credentialWith(), opentelemetry);
  const { username } = await credential.authenticate(SCOPE);
  expect((await credential.accounts()).map((account) => account.username)).toEqual([username]);
  await credential.signOut();
  expect(await credential.accounts()).toEqual([]);
  await credential[Symbol.asyncDispose]();
  await expect(credential.getToken(SCOPE)).rejects.toThrow(/disposed/);
});

test("what is no credential and no OpenTelemetry is refused by name", () => {
  expect(() => tracedCredential({} as never, opentelemetry)).toThrow(/"credential"/);
  expect(() => tracedCredential(credentialWith(), {} as never)).toThrow(/"opentelemetry.trace"/);
  expect(() => tracedCredential(credentialWith(), { trace: opentelemetry.trace } as never)).toThrow(
    /"opentelemetry.context"/,
  );
  expect(() => tracedCredential(credentialWith(), undefined as never)).toThrow(/"opentelemetry"/);
  expect(() => traceEvents({} as never)).toThrow(/"opentelemetry.trace"/);
  expect(() => traceEvents(undefined as never)).toThrow(/"opentelemetry"/);
});

test("without a span and without an SDK nothing is written, and nothing fails", async () => {
  const credential = credentialWith();
  await credential.getToken(SCOPE);
  expect(exporter.getFinishedSpans()).toEqual([]);
});
