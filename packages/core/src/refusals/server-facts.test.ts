import { describe, expect, test } from "vitest";
import { identifiersIn, serverFacts } from "./server-facts.ts";

const TRACE = "11111111-2222-4333-8444-555555555555";
const CORRELATION = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
const OTHER = "99999999-8888-4777-8666-555555555555";
const TIME = "2026-01-02 03:04:05Z";
const DESCRIPTION = `AADSTS50076: Use more. Trace ID: ${TRACE} Correlation ID: ${CORRELATION} Timestamp: ${TIME}`;

describe("the ids of an answer", () => {
  test("are those of the body's fields, then of its description, then of the headers, then the request's own", () => {
    const headers: Readonly<Record<string, string>> = {
      "client-request-id": OTHER,
      "x-ms-request-id": OTHER,
    };
    const header = (name: string): string | undefined => headers[name];
    const fields = { correlation_id: "c-field", trace_id: "t-field", timestamp: "2026" };
    expect(serverFacts({ ...fields, error_description: DESCRIPTION }, "own", header)).toMatchObject({
      correlationId: "c-field",
      traceId: "t-field",
      timestamp: "2026",
    });
    expect(serverFacts({ error_description: DESCRIPTION }, "own", header)).toMatchObject({
      correlationId: CORRELATION,
      traceId: TRACE,
      timestamp: TIME,
      aadsts: 50_076,
      serverText: "AADSTS50076: Use more.",
    });
    expect(serverFacts({}, "own", header)).toMatchObject({ correlationId: OTHER, traceId: OTHER });
    expect(serverFacts(undefined, "own", header)).toEqual({ correlationId: OTHER, traceId: OTHER });
    expect(serverFacts({}, "own")).toMatchObject({ correlationId: "own", traceId: undefined });
    expect(serverFacts(undefined)).toEqual({ correlationId: undefined, traceId: undefined });
  });

  test("may be in either header of the server, the authority's own first", () => {
    const facts = (headers: Readonly<Record<string, string>>) =>
      serverFacts({}, "own", (name) => headers[name]);
    expect(facts({ "request-id": TRACE }).traceId).toBe(TRACE);
    expect(facts({ "request-id": TRACE, "x-ms-request-id": OTHER }).traceId).toBe(OTHER);
    expect(facts({ "x-ms-request-id": ` ${OTHER.toUpperCase()} ` }).traceId).toBe(OTHER.toUpperCase());
  });

  test.each(["", "x", `${TRACE}x`, `x${TRACE}`, TRACE.replace("1", "g"), `${TRACE}, ${TRACE}`])(
    "are none in a header that holds %j",
    (value) => {
      expect(serverFacts({}, "own", () => value)).toMatchObject({ correlationId: "own", traceId: undefined });
    },
  );

  test.each([5, "", "a\nb", "<b>", "x".repeat(65), "\u00e9", "x!", "!x", null, {}])(
    "are none in a field that holds %j",
    (value) => {
      const facts = serverFacts({ correlation_id: value, trace_id: value, timestamp: value }, "own");
      expect([facts.correlationId, facts.traceId, facts.timestamp]).toEqual(["own", undefined, undefined]);
    },
  );

  test("are not looked for beyond 4,000 characters", () => {
    const at = (count: number): string | undefined =>
      serverFacts({ error_description: `${"x".repeat(count)} Correlation ID: ${CORRELATION}` }, "own")
        .correlationId;
    expect(at(4000 - " Correlation ID: ".length - CORRELATION.length)).toBe(CORRELATION);
    expect(at(4000)).toBe("own");
  });

  test("are short and plain texts", () => {
    const longest = "x".repeat(64);
    expect(serverFacts({ trace_id: longest, correlation_id: "a b:c.d+e-f_9" })).toMatchObject({
      traceId: longest,
      correlationId: "a b:c.d+e-f_9",
    });
  });
});

describe("a description", () => {
  test.each([
    ["AADSTS123", 123],
    ["AADSTS123456789", 123_456_789],
    ["AADSTS1234567890", 123_456_789],
    ["AADSTS12", undefined],
    ["aadsts12345", undefined],
    ["", undefined],
  ])("%j has the number %s", (text, aadsts) => {
    expect(identifiersIn(text)).toEqual({
      aadsts,
      traceId: undefined,
      correlationId: undefined,
      timestamp: undefined,
    });
  });

  test.each(["2026-01-02 03:04:05Z", "2026-01-02T03:04:05", "2026-01-02 03:04:05.678Z"])(
    "has the time %s",
    (time) => {
      expect(identifiersIn(`Timestamp: ${time}`).timestamp).toBe(time);
      expect(identifiersIn(`xTimestamp: ${time}`).timestamp).toBeUndefined();
    },
  );

  test("has ids that stand behind their names", () => {
    expect(identifiersIn(`trace id: ${TRACE}; correlation id: ${CORRELATION}`)).toMatchObject({
      traceId: TRACE,
      correlationId: CORRELATION,
    });
    expect(identifiersIn(`xTrace ID: ${TRACE}; xCorrelation ID: ${CORRELATION}`)).toMatchObject({
      traceId: undefined,
      correlationId: undefined,
    });
    expect(identifiersIn(`Trace ID: ${TRACE.slice(1)}`).traceId).toBeUndefined();
  });
});

describe("the number", () => {
  test.each([
    [[50_076, 1], 50_076],
    [[0], undefined],
    [[-1], undefined],
    [[1.5], undefined],
    [["50076"], undefined],
    [[], undefined],
    [50_076, undefined],
    [undefined, undefined],
  ])("of the codes %j is %s", (error_codes, aadsts) => {
    expect(serverFacts({ error_codes }).aadsts).toBe(aadsts);
  });

  test("of the description comes first", () => {
    expect(serverFacts({ error_codes: [1], error_description: "AADSTS50076: Use more." }).aadsts).toBe(
      50_076,
    );
  });
});

describe("what is told of the authority's text", () => {
  const told = (json: Record<string, unknown>): string | undefined => serverFacts(json).serverText;

  test("is the description up to its ids, with its number", () => {
    expect(told({ error_description: " Use more. ", error_codes: [7] })).toBe("AADSTS7: Use more.");
    expect(told({ error_description: "Use AADSTS7.", error_codes: [7] })).toBe("Use AADSTS7.");
    expect(told({ error_description: "Use more.", error: "word" })).toBe("Use more.");
    expect(told({ error_description: `Trace ID: ${TRACE}` })).toBe(`Trace ID: ${TRACE}`);
    expect(told({ error_description: `  Trace ID: ${TRACE}`, error: "word" })).toBe("word");
  });

  test("is the number alone, or the error's word, where there is no description", () => {
    expect(told({ error_codes: [7], error: "word" })).toBe("AADSTS7");
    expect(told({ error_description: " ", error: "word" })).toBe("word");
    expect(told({ error_description: 5, error: "w".repeat(65) })).toBe("w".repeat(64));
    for (const error of [undefined, 5, "", " "]) expect(told({ error })).toBeUndefined();
  });

  test("is 1,000 characters long at most", () => {
    expect(told({ error_description: "x".repeat(5000) })).toBe("x".repeat(1000));
    expect(told({ error_description: `${"x".repeat(4001)} Trace ID: ${TRACE}` })).toBe("x".repeat(1000));
  });
});
