import { describe, expect, test } from "vitest";
import { readDeviceAuthorization, type DeviceAuthorization } from "./device-authorization.ts";

const ANSWER = {
  device_code: "device-code-secret",
  user_code: "ABCD-EFGH",
  verification_uri: "https://microsoft.com/devicelogin",
  message: "Open https://microsoft.com/devicelogin and enter ABCD-EFGH",
  expires_in: 600,
  interval: 7,
};

function read(more: object): DeviceAuthorization & { readonly warnings: readonly string[] } {
  const warnings: string[] = [];
  // As from the wire: without prototypes, and with what JSON.parse makes of odd figures.
  const json = Object.assign(
    Object.create(null) as object,
    JSON.parse(JSON.stringify({ ...ANSWER, ...more })),
  );
  const authorization = readDeviceAuthorization(
    { json: json as never },
    { correlationId: "c", warn: (code, message) => warnings.push(`${code}: ${message}`) },
  );
  return { ...authorization, warnings };
}

test("a good answer is taken as it is", () => {
  expect(read({})).toEqual({
    deviceCode: "device-code-secret",
    userCode: "ABCD-EFGH",
    verificationUri: "https://microsoft.com/devicelogin",
    message: "Open https://microsoft.com/devicelogin and enter ABCD-EFGH",
    lifetimeInMs: 600_000,
    intervalInMs: 7000,
    warnings: [],
  });
});

describe("interval (RFC 8628, section 3.2)", () => {
  test.each([
    [undefined, 5],
    [1, 1],
    [0.25, 1],
    ["12", 12],
    [60, 60],
    [61, 60],
    [3_000_000, 60],
    ["999999999999", 60],
  ])("%j is %i s", (interval, seconds) => {
    expect(read({ interval })).toMatchObject({ intervalInMs: seconds * 1000, warnings: [] });
  });

  test.each([[0], [-1], ["0"], ["-1"], ["abc"], [""], [null], [true], [[]], [{}], [[{}]]])(
    "%j is the default of 5 s, with a warning",
    (interval) => {
      expect(read({ interval })).toMatchObject({
        intervalInMs: 5000,
        warnings: ["interval_invalid: The authority sent no usable interval; 5 s are assumed."],
      });
    },
  );
});

describe("expires_in", () => {
  test.each([
    [undefined, 900],
    ["900", 900],
    [1, 1],
    [0.25, 1],
    [1800, 1800],
    [1801, 1800],
    [1e15, 1800],
    [1e300, 1800],
    ["999999999999", 1800],
  ])("%j is %i s", (expires_in, seconds) => {
    expect(read({ expires_in })).toMatchObject({ lifetimeInMs: seconds * 1000, warnings: [] });
  });

  test.each([[0], [-5], [-0.5], ["0"], ["-5"], ["NaN"], ["soon"], [""], [null], [true], [{}]])(
    "%j is the default of 900 s, with a warning",
    (expires_in) => {
      expect(read({ expires_in })).toMatchObject({
        lifetimeInMs: 900_000,
        warnings: ["expires_in_invalid: The authority sent no usable expires_in; 900 s are assumed."],
      });
    },
  );
});

describe("an answer without a field that is needed, or with one that is not acceptable, is refused by name", () => {
  test.each([
    ["device_code", "missing", undefined],
    ["device_code", "empty", ""],
    ["device_code", "no text", 7],
    ["device_code", "two words", "two words"],
    ["device_code", "two lines", "two\nlines"],
    ["device_code", "beyond reason", "x".repeat(8193)],
    ["user_code", "missing", undefined],
    ["user_code", "too short", "ABC"],
    ["user_code", "too long", "ABCDEFGHIJKLMNOPQ"],
    ["user_code", "small letters", "abcd-efgh"],
    ["user_code", "a space", "ABCD EFGH"],
    ["user_code", "an escape sequence", "ABCD\u001b[2J"],
    ["user_code", "written from right to left", "\u202eABCD"],
    ["user_code", "a line end", "ABCD\n"],
    ["user_code", "a list", ["ABCD"]],
    ["verification_uri", "missing", undefined],
    ["verification_uri", "not secure", "http://microsoft.com/devicelogin"],
    ["verification_uri", "a script", "javascript:alert(1)"],
    ["verification_uri", "data", "data:text/html,x"],
    ["verification_uri", "a file", "file:///etc/passwd"],
    ["verification_uri", "another program's", "ms-settings:"],
    ["verification_uri", "relative", "microsoft.com/devicelogin"],
    ["verification_uri", "with a user name", "https://microsoft.com@other.example/"],
    ["verification_uri", "beyond reason", `https://microsoft.com/${"x".repeat(2048)}`],
    ["verification_uri", "no text", {}],
  ])("%s: %s", (field, _, value) => {
    let error: unknown;
    try {
      read({ [field]: value });
    } catch (reason) {
      error = reason;
    }
    expect(error).toMatchObject({ code: "invalid_response", detail: field, retryable: false });
    expect(String(error)).toContain(`${field} is missing or not well-formed`);
    expect(String(error)).not.toContain("device-code-secret");
  });
});

describe("what is shown", () => {
  const own =
    "To sign in, open the page https://microsoft.com/devicelogin in a web browser and enter the code ABCD-EFGH.";

  test("control characters and escape sequences are gone from the message", () => {
    const message =
      "\u001b[31mOpen\u0007 https://microsoft.com/devicelogin\r\nand\u0000 enter\u009b ABCD-EFGH\u001b[0m";
    expect(read({ message }).message).toBe("Open  https://microsoft.com/devicelogin and  enter  ABCD-EFGH");
  });

  test.each([
    ["is missing", undefined],
    ["is no text", { text: "x" }],
    ["does not name the code", "Open https://microsoft.com/devicelogin"],
    ["does not name the page", "Enter ABCD-EFGH"],
    ["is beyond reason", ANSWER.message.padEnd(1001, ".")],
  ])("our own sentence stands for a message that %s", (_, message) => {
    expect(read({ message }).message).toBe(own);
  });

  test("the page is written so that its host cannot be taken for another", () => {
    const { verificationUri, message } = read({
      verification_uri: "https://m\u0456crosoft.com/\ndevicelogin",
      message: "Open https://m\u0456crosoft.com/devicelogin and enter ABCD-EFGH",
    });
    expect(verificationUri).toBe("https://xn--mcrosoft-thh.com/devicelogin");
    expect(message).toContain(verificationUri);
  });

  test("the complete URI, which carries the code, is never used", () => {
    const complete = "https://microsoft.com/devicelogin?user_code=ABCD-EFGH";
    expect(JSON.stringify(read({ verification_uri_complete: complete }))).not.toContain(complete);
  });
});
