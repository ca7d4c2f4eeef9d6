import { describe, expect, it } from "vitest";
import { statusAmidSignIn } from "../../test/loopback/status-amid-sign-in.ts";
import { listen, signIn, STATE } from "../../test/loopback/listen.ts";
import { exchange, formPost, request } from "../../test/loopback/raw-client.ts";

const good = { code: "the-code", state: STATE };
const encoded = new URLSearchParams(good).toString();

describe("an answer that is not this sign-in's", () => {
  const near: readonly (readonly [string, string])[] = [
    ["another state", "x".repeat(STATE.length)],
    ["no value", ""],
    ["other case", STATE.toUpperCase()],
    ["cut by one", STATE.slice(0, -1)],
    ["one more", `${STATE}A`],
    ["a space behind", `${STATE} `],
    ["a line feed behind", `${STATE}\n`],
    ["a zero byte behind", `${STATE}\0`],
    ["encoded twice", encodeURIComponent(encodeURIComponent(`${STATE}=`))],
    ["padded", `${STATE}==`],
    ["quoted", `"${STATE}"`],
    ["10 KB", STATE.repeat(230)],
  ];
  it.each(near)("is refused: %s", async (_name, state) => {
    expect(await statusAmidSignIn((port) => formPost(port, { code: "stolen", state }))).toBe(400);
    if (state.length < 10_000) {
      expect(
        await statusAmidSignIn((port) =>
          request(port, { target: `/?code=stolen&state=${encodeURIComponent(state)}` }),
        ),
      ).toBe(400);
    }
  });

  it.each<readonly [string, string]>([
    ["a code without state", "code=stolen"],
    ["an error without state", "error=access_denied"],
    ["an error with a wrong state", "error=access_denied&state=wrong"],
    ["nothing at all", ""],
    ["only the state", `state=${STATE}`],
    ["an empty code", `state=${STATE}&code=`],
    ["a code with a control character", `state=${STATE}&code=a%0Ab`],
    ["two states, the right one first", `${encoded}&state=wrong`],
    ["two states, the right one last", `state=wrong&${encoded}`],
    ["the right state twice", `${encoded}&state=${STATE}`],
    ["two codes", `${encoded}&code=other`],
    ["a code and an error", `${encoded}&error=access_denied`],
    ["two issuers", `${encoded}&iss=a&iss=b`],
    ["two errors", `state=${STATE}&error=a&error=b`],
    ["a doubled, empty code", `${encoded}&code=`],
    ["bytes that are not UTF-8, encoded", `${encoded}&session_state=%C3%28`],
  ])("is refused: %s", async (_name, body) => {
    expect(await statusAmidSignIn((port) => request(port, { method: "POST", body }))).toBe(400);
    if (body !== "")
      expect(await statusAmidSignIn((port) => request(port, { target: `/?${body}` }))).toBe(400);
  });

  it("is refused when its bytes are not UTF-8", async () => {
    expect(
      await statusAmidSignIn((port) =>
        Buffer.concat([
          Buffer.from(
            request(port, {
              method: "POST",
              headers: [
                `Content-Length: ${encoded.length + 5}`,
                "Content-Type: application/x-www-form-urlencoded",
              ],
            }),
          ),
          Buffer.from(`${encoded}&x=`),
          Buffer.from([0xc3, 0x28]),
        ]),
      ),
    ).toBe(400);
  });

  it("is refused when a form post mixes body and query", async () => {
    expect(await statusAmidSignIn((port) => formPost(port, { code: "stolen" }, `/?state=${STATE}`))).toBe(
      400,
    );
  });

  it("is warned about once in ten, and never with anything of the request", async () => {
    const test = await listen();
    for (let index = 0; index < 25; index += 1) {
      await exchange(test.port, formPost(test.port, { code: "stolen-code", state: `wrong-state-${index}` }));
    }
    expect(test.listener.refusedAnswers).toBe(25);
    expect(test.warnings).toHaveLength(3);
    expect(test.warnings.join("\n")).not.toMatch(/stolen|wrong-state/);
    expect(test.warnings[0]).toMatch(/^loopback_answer_refused: .*\(1 so far\)/);
  });
});

describe("the right answer", () => {
  it("is read even when it comes byte by byte, inside a character", async () => {
    const test = await listen();
    const body = `${encoded}&session_state=\u00e4\u20ac\u{1f600}`;
    const head = request(test.port, {
      method: "POST",
      headers: [
        `Content-Length: ${Buffer.byteLength(body)}`,
        "Content-Type: application/x-www-form-urlencoded",
      ],
    });
    const shown = exchange(test.port, [
      head,
      ...Array.from(Buffer.from(body), (byte) => Buffer.from([byte])),
    ]);
    const response = await test.answer;
    await response.finish({ ok: true });
    expect((await shown).status).toBe(200);
    expect(response.code).toBe("the-code");
  });

  it("is not taken from behind another request on the same connection", async () => {
    const test = await listen();
    const answer = await exchange(test.port, request(test.port) + formPost(test.port, good));
    expect(answer.body).toContain("Waiting for the sign-in");
    expect(answer.text.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(await signIn(test)).toBe("the-right-code");
  });

  it("is held to the content security policy and never cached", async () => {
    const test = await listen();
    const shown = exchange(test.port, formPost(test.port, good));
    await (await test.answer).finish({ ok: true });
    const { headers } = await shown;
    expect(headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    });
    expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]{44}'/);
    expect(headers["content-security-policy"]).not.toContain("unsafe");
  });
});
