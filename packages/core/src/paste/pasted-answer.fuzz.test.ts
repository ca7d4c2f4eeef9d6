import { damagedText } from "../../../../tools/fuzz/src/damage.ts";
import type { Drawn } from "../../../../tools/fuzz/src/drawn.ts";
import { fuzzTest } from "../../../../tools/fuzz/src/fuzz-test.ts";
import { PendingAnswer, type BroughtVerdict } from "../loopback/pending-answer.ts";
import { PASTE_REFUSAL_WORDS, type PasteRefusal } from "./paste-refusals.ts";
import { readPastedText } from "./read-pasted-text.ts";

const STATE = "kJ3-state_of-the.sign-in~0123456789abcdefgh";
const CODE = "0.AcNmPQy9N27BeRSScIIE9mjL9pJ";
const REDIRECT = "http://localhost:51234/signed-in";
const ISSUER = "https://login.example/tenant/v2.0";
const SIGN_IN = `https://login.example/organizations/oauth2/v2.0/authorize?client_id=x&state=${STATE}&code_challenge=y`;
const PARAMETERS = [`code=${CODE}`, "client_info=e30", `state=${STATE}`, `iss=${encodeURIComponent(ISSUER)}`];

type Verdict = BroughtVerdict | { readonly why: PasteRefusal };

fuzzTest("what is pasted is the right answer, or refused in a word", "pasted-answers", {
  least: { taken: 0.05, refused: 0.3 },
  once: (drawn) => {
    const pasted = pastedBy(drawn);
    const required = drawn.is(0.5);
    const answer = new PendingAnswer({
      state: STATE,
      issuer: { expected: ISSUER, required },
      inAddress: true,
    });
    const verdict = judge(answer, pasted);
    if ("why" in verdict) {
      if (!(verdict.why in PASTE_REFUSAL_WORDS)) throw new TypeError(`No word for ${verdict.why}`);
      if (answer.taken) throw new Error("It was refused, and nothing else can be pasted any more");
      return "refused";
    }
    if (!answer.taken) throw new Error("It was taken, and can be pasted again");
    const { code } = verdict.response;
    if (!isRight(pasted, code, required)) throw new Error(`Taken: ${JSON.stringify(pasted)}`);
    return "taken";
  },
});

function judge(answer: PendingAnswer, pasted: string): Verdict {
  const read = readPastedText(pasted, { redirectUri: REDIRECT, signInUrl: SIGN_IN });
  if (read.kind === "refused") return { why: read.why };
  return read.kind === "code" ? answer.takeCode(read.code) : answer.takeBrought(read.text);
}

/** Judged without the code under test: a code alone, or all that belongs to this sign-in, each once. */
function isRight(pasted: string, code: string, required: boolean): boolean {
  const visible = pasted.replaceAll(/[^\x21-\x7e]/gu, "");
  const text = visible.replace(/^<(.*)>$/u, "$1").replace(/#.*$/u, "");
  if (!text.includes("=")) return !required && code.length >= 16;
  const parameters = new URLSearchParams(text.replace(/^[^?]*\?/u, ""));
  const issuers = parameters.getAll("iss");
  const isOurs = issuers.length === 0 ? !required : issuers.join() === ISSUER;
  return isOurs && parameters.getAll("state").join() === STATE && parameters.getAll("code").join() === code;
}

function pastedBy(drawn: Drawn): string {
  const parameters = PARAMETERS.filter(() => !drawn.is(0.05)).map((one) =>
    drawn.is(0.05) ? damagedText(drawn, one) : one,
  );
  if (drawn.is(0.1)) parameters.push(drawn.pick([...PARAMETERS, "error=access_denied", "__proto__=1"]));
  const query = parameters.join("&");
  const text = drawn.pick([
    `${REDIRECT}?${query}`,
    `localhost:51234/signed-in?${query}#x`,
    `?${query}`,
    query,
    `<${REDIRECT}?${query}>`,
    CODE,
    SIGN_IN,
  ]);
  const broken = drawn.is(0.3) ? damagedText(drawn, text) : text;
  return drawn.is(0.2) ? broken.replaceAll(/(.{30})/gu, "$1\r\n  ") : broken;
}
