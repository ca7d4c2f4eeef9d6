import { describe, expect, onTestFinished, test } from "vitest";
import { AuthenticationError } from "../errors/authentication-error.ts";
import { deferred } from "../deferred.ts";
import type { AuthorizationResponse } from "../loopback/listener-contract.ts";
import { PendingAnswer } from "../loopback/pending-answer.ts";
import { askForPaste } from "./paste-question.ts";
import { ONCE_MORE_OR_END, PASTE_REFUSAL_WORDS, type PasteRefusal } from "./paste-refusals.ts";
import { PASTE_WAITS } from "./paste-words.ts";
import type { TerminalHearers } from "./paste-terminal.ts";

const STATE = "s".repeat(43);
const CODE = "0.AcNmPQy9N27BeRSScIIE9mjL9pJ";
const REDIRECT = "http://localhost:51234/signed-in";
const ISSUER = "https://login.example/tenant/v2.0";
const REMEDY = "Accept the requested permissions, or ask an administrator of the tenant to grant them";
const SIGN_IN = `https://login.example/organizations/oauth2/v2.0/authorize?client_id=x&state=${STATE}&code_challenge=y`;
const RIGHT = `${REDIRECT}?code=${CODE}&client_info=e30&state=${STATE}&session_state=1`;

interface Asked {
  readonly hear: TerminalHearers;
  readonly shown: () => string;
  readonly outcome: Promise<string>;
  readonly isOpen: () => boolean;
  readonly stop: AbortController;
  /** What a developer would be told if the person's time were over now. */
  readonly trouble: () => string | undefined;
}

/** An open question; `redeem` stands for the authority. */
async function ask({
  required = false,
  redeem = async ({ code }: AuthorizationResponse) => `token for ${code}`,
} = {}): Promise<Asked> {
  const answer = new PendingAnswer({
    state: STATE,
    issuer: { expected: ISSUER, required },
    inAddress: true,
  });
  let shown = "";
  let open = false;
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const opened = deferred<TerminalHearers>();
  let trouble: string | undefined;
  const outcome = askForPaste(
    {
      asked: { url: SIGN_IN, redirectUri: REDIRECT },
      answer,
      redeem,
      write: (text) => (shown += text),
      explain: (now) => (trouble = now),
      open: (hearers) => {
        open = true;
        opened.resolve(hearers);
        return { close: () => (open = false) };
      },
    },
    stop.signal,
  );
  outcome.catch(() => {});
  const hear = await opened.promise;
  return { hear, shown: () => shown, outcome, isOpen: () => open, stop, trouble: () => trouble };
}

const escaped = (text: string): string => text.replaceAll(/[.*+?]/g, "\\$&");
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const withQuery = (changes: Record<string, string | undefined>): string => {
  const url = new URL(RIGHT);
  for (const [name, value] of Object.entries(changes))
    if (value === undefined) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  return url.href;
};

const BAD: readonly (readonly [what: string, pasted: string, why: PasteRefusal])[] = [
  ["a word", "hello", "not_an_answer"],
  ["a command", "az login --use-device-code", "not_an_answer"],
  ["a sentence", "I have signed in now, what next?", "not_an_answer"],
  ["a file", "/home/ada/.ssh/id_ed25519", "not_an_answer"],
  ["a user name", "ada@contoso.example", "not_an_answer"],
  ["a device code", "ABCD-EFGH", "not_an_answer"],
  ["a program for the address bar", `javascript:alert("${CODE}")`, "not_an_answer"],
  ["a file's address", `file:///etc/passwd?code=${CODE}&state=${STATE}`, "not_an_answer"],
  ["percent signs of nothing", "%%%%%%%%%%%%%%%%%%%%", "not_an_answer"],
  ["half an escape", `${CODE}%E2%82`, "not_an_answer"],
  ["a JSON answer", `{"code":"${CODE}","state":"${STATE}"}`, "not_an_answer"],
  ["a port of no number", `http://localhost:port/signed-in?code=${CODE}&state=${STATE}`, "not_an_answer"],
  ["more than an address can hold", `${RIGHT}&${"x".repeat(20_000)}`, "too_long"],
  ["the sign-in page", SIGN_IN, "sign_in_page"],
  ["a later page of the authority", "https://login.example/common/login", "sign_in_page"],
  ["the query of the sign-in page", new URL(SIGN_IN).search, "sign_in_page"],
  ["another port", RIGHT.replace("51234", "51235"), "other_address"],
  ["another path", RIGHT.replace("/signed-in", "/"), "other_address"],
  ["another host", RIGHT.replace("localhost", "localhost.evil.example"), "other_address"],
  [
    "another host behind ours",
    RIGHT.replace("localhost:51234", "localhost:51234@evil.example"),
    "other_address",
  ],
  ["a name before the host", RIGHT.replace("//", "//user:secret@"), "other_address"],
  ["another port of https", RIGHT.replace("http:", "https:").replace("51234", "443"), "other_address"],
  ["another address of this machine", RIGHT.replace("localhost", "127.0.0.2"), "other_address"],
  ["a host that begins like ours", RIGHT.replace("localhost", "127.0.0.1.evil.example"), "other_address"],
  ["another port, without http://", `localhost:9999/signed-in?code=${CODE}&state=${STATE}`, "other_address"],
  ["the address alone", REDIRECT, "no_state"],
  ["the address without its state", withQuery({ state: undefined }), "no_state"],
  ["an address that was cut off", RIGHT.slice(0, RIGHT.indexOf("&state")), "no_state"],
  ["the answer behind a #", RIGHT.replace("?", "#"), "no_state"],
  ["another state", withQuery({ state: "t".repeat(43) }), "other_sign_in"],
  ["a state that was cut off", withQuery({ state: STATE.slice(1) }), "other_sign_in"],
  ["an empty state", withQuery({ state: "" }), "other_sign_in"],
  ["another sign-in's query", `code=${CODE}&state=${"t".repeat(43)}`, "other_sign_in"],
  ["two states", `${RIGHT}&state=${STATE}`, "malformed"],
  ["two codes", `${RIGHT}&code=${CODE}x`, "malformed"],
  ["the address in two lines, twice", `${RIGHT}\n${RIGHT}`, "malformed"],
  ["the address, encoded as a whole", encodeURIComponent(RIGHT), "not_an_answer"],
  ["the address, encoded as a whole twice", encodeURIComponent(encodeURIComponent(RIGHT)), "not_an_answer"],
  ["the query, encoded once more", `${REDIRECT}?${encodeURIComponent(RIGHT.split("?")[1]!)}`, "no_state"],
  [
    "what a mail filter makes of it",
    `https://safe.example/?url=${encodeURIComponent(RIGHT)}`,
    "other_address",
  ],
  ["the question itself, too", `Address: ${RIGHT}`, "not_an_answer"],
  ["only the marks of a paste", "[200~[201~", "not_an_answer"],
  ["the address twice", `${RIGHT}${RIGHT.replace(`${REDIRECT}?`, "&")}`, "malformed"],
  ["no text", `${RIGHT}&error_description=%ff%fe`, "malformed"],
  ["a code and an error", withQuery({ error: "access_denied" }), "malformed"],
  ["an empty code", withQuery({ code: "" }), "malformed"],
  ["a code with a line in it", withQuery({ code: "a\nb" }), "malformed"],
  ["no code", withQuery({ code: undefined }), "no_code"],
  ["a refusal", withQuery({ code: undefined, error: "access_denied" }), "authority_refused"],
  ["another issuer", withQuery({ iss: "https://evil.example/v2.0" }), "other_issuer"],
  ["an empty issuer", withQuery({ iss: "" }), "other_issuer"],
];

describe("what is pasted", () => {
  test.each(BAD)("is refused when it is %s", async (_, pasted, why) => {
    const question = await ask();
    expect(question.trouble()).toBeUndefined();
    question.hear.text(pasted);
    await turn();
    const next = why === "authority_refused" ? ` ${ONCE_MORE_OR_END}` : "";
    expect(question.shown().trimEnd()).toMatch(
      new RegExp(`\n${escaped(PASTE_REFUSAL_WORDS[why] + next)}\nAddress:$`),
    );
    // Word for word: with nothing of what was pasted.
    expect(question.trouble()).toBe(`What was pasted last was refused: ${PASTE_REFUSAL_WORDS[why]}`);
    expect(question.shown()).not.toContain(CODE);
    expect(question.isOpen()).toBe(true);
    question.hear.text(RIGHT);
    expect(await question.outcome).toBe(`token for ${CODE}`);
    expect(question.isOpen()).toBe(false);
  });

  test.each([
    ["the whole address", RIGHT],
    ["with a # at its end", `${RIGHT}#`],
    ["with its issuer", withQuery({ iss: ISSUER })],
    ["that the browser has made https", RIGHT.replace("http:", "https:")],
    ["by number", RIGHT.replace("localhost", "127.0.0.1")],
    ["by the number of IPv6, without http://", RIGHT.replace("http://localhost", "[::1]")],
    ["the host in capitals", RIGHT.replace("localhost", "LOCALHOST")],
    ["without http://", RIGHT.replace("http://", "")],
    ["path and query", RIGHT.replace("http://localhost:51234", "")],
    ["in quotes", `"${RIGHT}"`],
    ["in angle brackets", `<${RIGHT}>`],
    ["in the quotes of a mail program", `\u201c${RIGHT}\u201d`],
    ["in the quotes of a French one", `\u00ab\u00a0${RIGHT}\u00a0\u00bb`],
    ["as a page is written", RIGHT.replaceAll("&", "&amp;")],
    ["between the marks of a paste, without their beginning", `[200~${RIGHT}[201~`],
    ["between the marks of a paste, as some terminals cut them", `200~${RIGHT}201~`],
    ["with invisible characters", `\u200b${RIGHT.replace("code", "co\u00adde")}\ufeff`],
    ["in lines", RIGHT.replaceAll(/.{20}/g, "$&\n")],
    ["the code", CODE],
    ["the code of a personal account as it stands in the address", "M.C507_BAY.2.U.d1a2%21b3%2ac4%24%24"],
  ])("is taken when it is right: %s", async (_, pasted) => {
    const question = await ask();
    question.hear.text(pasted);
    const code = pasted.startsWith("M.") ? "M.C507_BAY.2.U.d1a2!b3*c4$$" : CODE;
    expect(await question.outcome).toBe(`token for ${code}`);
  });

  test("where the authority names itself, an answer without its name and a code alone are refused", async () => {
    const question = await ask({ required: true });
    question.hear.text(CODE);
    await turn();
    expect(question.shown()).toContain(PASTE_REFUSAL_WORDS.whole_address);
    question.hear.text(RIGHT);
    await turn();
    expect(question.shown()).toContain(PASTE_REFUSAL_WORDS.other_issuer);
    question.hear.text(withQuery({ iss: ISSUER }));
    expect(await question.outcome).toBe(`token for ${CODE}`);
  });

  test("a second answer is not looked at while the first is redeemed", async () => {
    const redeemed: string[] = [];
    let finish = (): void => {};
    const question = await ask({
      redeem: async ({ code }) => {
        redeemed.push(code);
        await new Promise<void>((resolve) => (finish = resolve));
        return "token";
      },
    });
    question.hear.text(RIGHT);
    question.hear.text(withQuery({ code: `${CODE}second` }));
    question.hear.end();
    await turn();
    finish();
    expect(await question.outcome).toBe("token");
    expect(redeemed).toEqual([CODE]);
  });

  test("a code that the authority does not take leaves the question open; any other failure ends it", async () => {
    const failure = (detail: string, aadsts?: number): AuthenticationError =>
      new AuthenticationError({ code: "service", detail, what: "No", aadsts });
    const failures = [failure("invalid_grant"), failure("invalid_client", 500_112), failure("invalid_scope")];
    const question = await ask({ redeem: () => Promise.reject(failures.shift()!) });
    for (let times = 0; times < 2; times += 1) {
      question.hear.text(RIGHT);
      await turn();
    }
    expect(question.shown().split(PASTE_REFUSAL_WORDS.not_redeemed).length).toBe(3);
    expect(question.trouble()).toContain(PASTE_REFUSAL_WORDS.not_redeemed);
    expect(question.isOpen()).toBe(true);
    question.hear.text(RIGHT);
    await expect(question.outcome).rejects.toMatchObject({ detail: "invalid_scope" });
    expect(question.isOpen()).toBe(false);
  });

  test("who ends the question after a refusal of the authority gets that; a right answer is taken all the same", async () => {
    const refusal = withQuery({
      code: undefined,
      error: "access_denied",
      error_description: "AADSTS65004: User declined to consent.",
    });
    const question = await ask();
    question.hear.text(refusal);
    await turn();
    // No page has told the person: the authority's is the one that the browser did not find.
    const reason = `${PASTE_REFUSAL_WORDS.authority_refused} AADSTS65004: ${REMEDY}.`;
    expect(question.shown()).toContain(`${reason} ${ONCE_MORE_OR_END}`);
    expect(question.shown()).not.toContain("declined");
    expect(question.trouble()).toBe(`What was pasted last was refused: ${reason}`);
    question.hear.text("something else");
    question.hear.end();
    await expect(question.outcome).rejects.toMatchObject({ code: "access_denied", aadsts: 65_004 });

    const other = await ask();
    other.hear.text(refusal);
    other.hear.text(RIGHT);
    expect(await other.outcome).toBe(`token for ${CODE}`);
  });

  test("who comes back to the terminal is asked again, but not while an answer is redeemed", async () => {
    let finish = (): void => {};
    const question = await ask({
      redeem: async () => {
        await new Promise<void>((resolve) => (finish = resolve));
        return "token";
      },
    });
    const asked = (): number => question.shown().split("Address: ").length - 1;
    question.hear.again();
    expect(asked()).toBe(2);
    question.hear.text(RIGHT);
    question.hear.again();
    expect(asked()).toBe(2);
    finish();
    expect(await question.outcome).toBe("token");
  });

  test("who waits for another question at the terminal can say so when the time is over", async () => {
    await ask();
    let trouble: string | undefined;
    const stop = new AbortController();
    const second = askForPaste(
      {
        asked: { url: SIGN_IN, redirectUri: REDIRECT },
        answer: new PendingAnswer({ state: STATE }),
        redeem: async () => "token",
        open: () => expect.fail("it has not its turn"),
        explain: (now) => (trouble = now),
      },
      stop.signal,
    );
    expect(trouble).toBe(PASTE_WAITS);
    stop.abort();
    await expect(second).rejects.toMatchObject({ name: "AbortError" });
  });

  test("an abort closes the question; the next one in line gets the terminal", async () => {
    const first = await ask();
    first.stop.abort();
    await expect(first.outcome).rejects.toMatchObject({ name: "AbortError" });
    expect(first.isOpen()).toBe(false);
    const second = await ask();
    expect(second.trouble()).toBeUndefined();
    second.hear.end();
    await expect(second.outcome).rejects.toMatchObject({ code: "user_cancelled", detail: "input_ended" });
  });
});
