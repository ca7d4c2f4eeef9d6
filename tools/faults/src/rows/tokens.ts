import { row, type FaultRow } from "../fault-row.ts";

const TOKEN_ANSWER = "packages/core/src/tokens/token-answer.test.ts";
const TOKEN_ENGINE = "packages/core/src/engine/token-engine.test.ts";
const BROWSER_FLOW = "packages/core/src/browser/browser-flow.test.ts";
const AUTHORITY_CLIENT = "packages/core/src/authority/authority-client.test.ts";
const RENEWAL = "packages/core/src/msal/renewal.test.ts";
const TOKEN_ANSWER_FUZZ = "packages/core/src/tokens/token-answer.fuzz.test.ts";

export const TOKENS: readonly FaultRow[] = [
  row("T1", "An answer without an access token is refused.", [
    [TOKEN_ANSWER, "refused with the field's name, and without its value %s: %o"],
  ]),
  row("T2", "An access token that is no text is refused.", [
    [TOKEN_ANSWER, "refused with the field's name, and without its value %s: %o"],
  ]),
  row("T3", "A token with a control character, a blank or a letter beyond ASCII is refused.", [
    [TOKEN_ANSWER, "refused with the field's name, and without its value %s: %o"],
  ]),
  row("T4", "A token of another type than Bearer is refused.", [
    [TOKEN_ANSWER, "refused with the field's name, and without its value %s: %o"],
    [TOKEN_ANSWER, "accepted T4: the type %s"],
  ]),
  row("T5", "A lifetime that is no number of seconds is refused; a missing one is an hour, with a warning.", [
    [TOKEN_ANSWER, "refused with the field's name, and without its value %s: %o"],
    [TOKEN_ANSWER, "accepted T5: a lifetime of %o s"],
    [TOKEN_ANSWER, "accepted T5: no lifetime, which means an hour and a warning"],
  ]),
  row("T6", "A lifetime beyond reason is refused.", [
    [TOKEN_ANSWER, "refused with the field's name, and without its value %s: %o"],
  ]),
  row("T7", "An ID token that is none is refused.", [
    [TOKEN_ANSWER, "refused with the field's name, and without its value %s: %o"],
  ]),
  row("T8", "An ID token for another client, of another issuer or a time that is over is refused.", [
    [TOKEN_ANSWER, "refused with the field's name, and without its value %s: %o"],
    [TOKEN_ANSWER, "accepted T8: an ID token that expired less than five minutes ago"],
    [TOKEN_ANSWER, "accepted T8: a fixed issuer, with or without a tenant"],
  ]),
  row("T9", "A token of another tenant than the asked one is refused.", [
    [TOKEN_ANSWER, "T9: the tenant %s refuses a token of %s"],
    [TOKEN_ANSWER, "T9: the tenant %s accepts a token of %s"],
    [TOKEN_ENGINE, "whose token a token of another tenant than the asked one is refused"],
  ]),
  row("T10", "The nonce is always sent and must come back.", [
    [TOKEN_ANSWER, "refused with the field's name, and without its value %s: %o"],
    [
      BROWSER_FLOW,
      "InteractiveBrowserCredential on the emulator asks for what OAuth 2.0 for native apps asks for, and for no more",
    ],
  ]),
  row("T11", "A client_info that is none is refused.", [
    [TOKEN_ANSWER, "refused with the field's name, and without its value %s: %o"],
  ]),
  row("T12", "An error beside a token wins.", [
    [TOKEN_ANSWER, "refused with the field's name, and without its value %s: %o"],
    [TOKEN_ANSWER, "accepted T12: an error that is null"],
  ]),
  row("T13", "A token under a status that is no success is refused.", [
    [AUTHORITY_CLIENT, "an answer that no authority sends T13: a token with the status %i is refused"],
  ]),
  row("T14", "Fewer scopes than asked are handed on and told.", [
    [TOKEN_ANSWER, "T14: the granted scopes may be fewer, which is told by the names that were asked"],
    [TOKEN_ANSWER, "T14: the granted scopes %s answers %s"],
  ]),
  row("T15", "Another account than the asked one is refused.", [
    [TOKEN_ENGINE, "whose token another account than the record's is refused and its token dropped"],
    [TOKEN_ENGINE, "whose token a silent answer for another account is refused"],
    [RENEWAL, "a renewal that brings another account's token is refused, and its tokens are not kept"],
  ]),
  row("T16", "Tens of thousands of mutated answers bring typed errors or good tokens.", [
    [TOKEN_ANSWER_FUZZ, "T16: damaged answers bring typed errors or good tokens"],
  ]),
];
