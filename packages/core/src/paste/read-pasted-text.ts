import type { PasteRefusal } from "./paste-refusals.ts";

/** What a person has pasted, taken apart; nothing of it is checked against the sign-in yet. */
export type PastedText =
  | { readonly kind: "parameters"; readonly text: string }
  /** An authorization code alone. */
  | { readonly kind: "code"; readonly code: string }
  | { readonly kind: "refused"; readonly why: PasteRefusal };

export interface PasteExpectations {
  /** Where the browser ends: `http://localhost:54321/path`. */
  readonly redirectUri: string;
  /** The sign-in page, which people copy by mistake. */
  readonly signInUrl: string;
}

// Browsers make no longer address, and no authority a longer code.
const LONGEST = 16 * 1024;
const SHORTEST_CODE = 16;
/** What mail and chat put into a long address and around it, besides spaces and the ends of lines: their quotes, too. */
const NOT_OF_IT =
  /[\s\u0000-\u001f\u007f\u00ab\u00ad\u00bb\u2018-\u201f\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]+/g;
const PAIRS = ["<>", '""', "''", "``", "()", "[]"];
/** What stays of the marks of a paste where a terminal, or one within another, takes the key before them for itself. */
const MARKS = /^\[?200~|\[?201~$/g;
const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;
// As some browsers show it.
const WITHOUT_SCHEME = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?([/?]|$)/i;
const CODE = /^[A-Za-z0-9._~!*$'()+-]+$/;

/**
 * Takes the address of the last page, as it is in the browser's address bar or in the source of a page; the same without
 * `http://`; what stands behind its question mark; or the code alone.
 */
export function readPastedText(pasted: string, expected: PasteExpectations): PastedText {
  const text = unwrapped(pasted.replaceAll(NOT_OF_IT, "").replaceAll(MARKS, "")).replaceAll("&amp;", "&");
  if (text.length > LONGEST) return refused("too_long");
  const [head = ""] = text.split("#", 1);
  if (/^https?:\/\//i.test(head)) return readAddress(head, expected);
  if (WITHOUT_SCHEME.test(head)) return readAddress(`http://${head}`, expected);
  const { pathname } = new URL(expected.redirectUri);
  const query = head.indexOf("?");
  if (query === 0 || (query > 0 && head.slice(0, query) === pathname))
    return parameters(head.slice(query + 1));
  if (/^[a-z_]+=/i.test(head)) return parameters(head);
  // Lines are broken where a text is long; words are no code.
  return /[ \t]/.test(pasted.trim()) ? refused("not_an_answer") : readCode(head);
}

function readAddress(address: string, { redirectUri, signInUrl }: PasteExpectations): PastedText {
  if (!URL.canParse(address)) return refused("not_an_answer");
  const url = new URL(address);
  const expected = new URL(redirectUri);
  if (url.origin === new URL(signInUrl).origin) return refused("sign_in_page");
  // A browser may have made https of it, and the state says whose answer it is.
  const isOurs =
    LOOPBACK.test(url.hostname) && url.port === expected.port && url.pathname === expected.pathname;
  if (!isOurs || url.username !== "" || url.password !== "") return refused("other_address");
  return parameters(url.search.slice(1));
}

function parameters(text: string): PastedText {
  const names = new URLSearchParams(text);
  // The sign-in page has our state, too.
  if (names.has("client_id") || names.has("code_challenge")) return refused("sign_in_page");
  return { kind: "parameters", text };
}

function readCode(text: string): PastedText {
  const code = decoded(text);
  if (code === undefined || code.length < SHORTEST_CODE || !CODE.test(code)) return refused("not_an_answer");
  return { kind: "code", code };
}

// What is cut out of an address is still in the writing of addresses.
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined; // URIError: it is no part of an address
  }
}

function unwrapped(text: string): string {
  const around = text.length > 2 && PAIRS.includes(text.charAt(0) + text.charAt(text.length - 1));
  return around ? text.slice(1, -1) : text;
}

function refused(why: PasteRefusal): PastedText {
  return { kind: "refused", why };
}
