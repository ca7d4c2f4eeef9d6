import { MENDED_BY, type OAuthWord } from "./refusal-meaning.ts";

const OAUTH_WORD = new RegExp(`\\b(?:${Object.keys(MENDED_BY).join("|")})\\b`);

/** The OAuth error in the words that a broker carries from the authority. */
export function oauthWordIn(text: string | undefined): OAuthWord | undefined {
  return OAUTH_WORD.exec(text ?? "")?.[0] as OAuthWord | undefined;
}

/** The number of the authority's error in them. */
export function aadstsIn(text: string | undefined): number | undefined {
  const number = /AADSTS(\d{4,9})/.exec(text ?? "")?.[1];
  return number === undefined ? undefined : Number(number);
}
