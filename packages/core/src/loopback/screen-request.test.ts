import { describe, expect, test } from "vitest";
import { DONE_PATH, LEAVE_PATH, type ScreenedRequest, screenRequest } from "./screen-request.ts";

const PORT = 49_152;
const PATH = "/answer";
const LINK = "/one-time-link";
const NAMES = ["localhost", "127.0.0.1", "[::1]"];
const VISIBLE = Array.from({ length: 94 }, (_, index) => String.fromCharCode(0x21 + index));

interface Sent {
  readonly method?: string;
  readonly url?: string;
  readonly hosts?: readonly string[];
  readonly type?: string;
  readonly port?: number;
  readonly path?: string;
}

function screened({ method = "GET", url, hosts, type, port = PORT, path = PATH }: Sent): ScreenedRequest {
  const rawHeaders = (hosts ?? [`localhost:${port}`]).flatMap((host) => ["Host", host]);
  const headers = type === undefined ? {} : { "content-type": type };
  return screenRequest({ method, url: url ?? path, headers, rawHeaders }, { port, path, linkPath: LINK });
}

const refused = (status: number): object => expect.objectContaining({ kind: "refused", status });

describe("the Host is ours", () => {
  test.each(NAMES)("when it is %s with our port, whatever its case", (name) => {
    for (const host of [name, name.toUpperCase()])
      expect(screened({ hosts: [`${host}:${PORT}`] })).toEqual({ kind: "bare" });
  });

  test.each(NAMES)("never with one character before or after it: %s", (name) => {
    const host = `${name}:${PORT}`;
    for (const one of VISIBLE) {
      for (const other of [one + host, host + one, `${name}${one}:${PORT}`, `${name}:${one}${PORT}`])
        // A port may begin with zeros.
        if (other !== `${name}:0${PORT}`)
          expect([other, screened({ hosts: [other] })]).toEqual([other, refused(400)]);
    }
    for (const other of [
      `evil-${host}`,
      `evil.${host}`,
      `${host}.evil`,
      `x@${host}`,
      `${host} `,
      ` ${host}`,
      name,
    ])
      expect([other, screened({ hosts: [other] })]).toEqual([other, refused(400)]);
  });

  test("without a port only where ours is 80", () => {
    expect(screened({ hosts: ["localhost"], port: 80 })).toEqual({ kind: "bare" });
    expect(screened({ hosts: ["localhost"], port: 81 })).toEqual(refused(400));
    expect(screened({ hosts: ["localhost:80"] })).toEqual(refused(400));
  });

  test("only once, and only as a header's value", () => {
    const host = `localhost:${PORT}`;
    expect(screened({ hosts: [] })).toEqual(refused(400));
    expect(screened({ hosts: [host, host] })).toEqual(refused(400));
    const address = { port: PORT, path: PATH };
    const asValue = { method: "GET", url: PATH, headers: {}, rawHeaders: ["X", "Host", "Y", host] };
    expect(screenRequest(asValue, address)).toEqual(refused(400));
    const inCapitals = { method: "GET", url: PATH, headers: {}, rawHeaders: ["X", "y", "HOST", host] };
    expect(screenRequest(inCapitals, address)).toEqual({ kind: "bare" });
  });

  test("is looked at before all else", () => {
    for (const method of ["GET", "PUT"]) expect(screened({ method, hosts: ["evil"] })).toEqual(refused(400));
  });
});

test.each(["PUT", "HEAD", "OPTIONS", "DELETE", "PATCH", "get", "post", "POSTS", ""])(
  "the method %j is refused",
  (method) => {
    expect(screened({ method })).toEqual(refused(405));
  },
);

test("a header whose value is the word host is no Host", () => {
  const rawHeaders = ["X-One", "Host", "X-Two", "x", "Host", `localhost:${PORT}`];
  const request = { method: "GET", url: PATH, headers: {}, rawHeaders };
  expect(screenRequest(request, { port: PORT, path: PATH })).toEqual({ kind: "bare" });
});

describe("a target", () => {
  test.each([
    "",
    "answer",
    "//answer",
    `http://localhost:${PORT}${PATH}`,
    "*",
    "/a b",
    "/a\\b",
    "/\u0000",
    "/\u007f",
    "/\u00e9",
    `${PATH}?a b`,
    `${PATH}?\u007f`,
    `${PATH}?\u00e9`,
    ` ${PATH}`,
    `${PATH} `,
    `${PATH}\n`,
    `${PATH}?code=x\n`,
    `x${PATH}`,
  ])("that is no path is refused: %j", (url) => {
    expect(screened({ url })).toEqual(refused(400));
  });

  test.each([
    "/",
    `${PATH}/`,
    "/Answer",
    "/answe",
    "/answers",
    "/answer%20",
    "/a/../answer",
    "/~",
    "/[",
    "/]",
    "/!",
  ])("that is another path finds nothing: %j", (url) => {
    expect(screened({ url })).toEqual(refused(404));
    expect(screened({ url, method: "POST" })).toEqual(refused(404));
  });

  test("is taken with its query as it stands, from the first question mark on", () => {
    expect(screened({ url: `${PATH}?code=a?b&c=%20/\\` })).toEqual({
      kind: "query",
      parameters: "code=a?b&c=%20/\\",
    });
    expect(screened({ url: `${PATH}?` })).toEqual({ kind: "bare" });
    expect(screened({ url: "/?x", path: "/" })).toEqual({ kind: "query", parameters: "x" });
  });
});

describe("a path of ours", () => {
  test.each([
    [DONE_PATH, "done"],
    [LINK, "link"],
  ])("%s can be opened, without a query, and not be posted to", (url, kind) => {
    expect(screened({ url })).toEqual({ kind });
    expect(screened({ url: `${url}?` })).toEqual({ kind });
    expect(screened({ url: `${url}?x` })).toEqual(refused(404));
    expect(screened({ url, method: "POST" })).toEqual(refused(404));
  });

  test("that frees the port is posted to, unless answers come there", () => {
    expect(screened({ url: LEAVE_PATH, method: "POST" })).toEqual({ kind: "leave" });
    expect(screened({ url: LEAVE_PATH })).toEqual(refused(404));
    const type = "application/x-www-form-urlencoded";
    expect(screened({ url: LEAVE_PATH, path: LEAVE_PATH, method: "POST", type })).toEqual({ kind: "form" });
  });

  test("is none where there is no link", () => {
    const request = { method: "GET", url: LINK, headers: {}, rawHeaders: ["Host", `localhost:${PORT}`] };
    expect(screenRequest(request, { port: PORT, path: PATH })).toEqual(refused(404));
  });
});

describe("what is posted", () => {
  const FORM = "application/x-www-form-urlencoded";

  test.each([
    FORM,
    FORM.toUpperCase(),
    ` ${FORM} `,
    `${FORM};`,
    `${FORM}; charset=utf-8`,
    `${FORM};charset=UTF-8`,
    `${FORM}; charset="utf-8"`,
    `${FORM}; charset=utf-8;`,
  ])("is a form: %j", (type) => {
    expect(screened({ method: "POST", type })).toEqual({ kind: "form" });
  });

  test.each([
    undefined,
    "",
    "text/plain",
    "multipart/form-data",
    `x${FORM}`,
    `${FORM}x`,
    `text/plain; ${FORM}`,
    `${FORM}, text/plain`,
    `${FORM}; charset=utf-16`,
    `${FORM}; charset=utf-8; a=b`,
    `${FORM};;;`,
    `${FORM}; boundary=x`,
  ])("is no form: %j", (type) => {
    expect(screened({ method: "POST", ...(type === undefined ? {} : { type }) })).toEqual(refused(415));
  });

  test("has no query, whatever its type", () => {
    expect(screened({ method: "POST", url: `${PATH}?code=x`, type: FORM })).toEqual(refused(400));
    expect(screened({ method: "POST", url: `${PATH}?`, type: FORM })).toEqual({ kind: "form" });
  });
});
