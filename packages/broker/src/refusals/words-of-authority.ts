import { MENDED_BY, type OAuthWord } from "./refusal-meaning.ts";

/** The OAuth error in the words that a broker carries from the authority. */
export function oauthWordIn(text: string | undefined): OAuthWord | undefined {
  return text?.match(/\b[a-z]+_[a-z]+\b/g)?.find(isOAuthWord);
}

/** The number of the authority's error in them. */
export function aadstsIn(text: string | undefined): number | undefined {
  const number = /AADSTS(\d{4,9})/.exec(text ?? "")?.[1];
  return number === undefined ? undefined : Number(number);
}

function isOAuthWord(word: string): word is OAuthWord {
  return Object.hasOwn(MENDED_BY, word);
}
