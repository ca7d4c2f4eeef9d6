/** How long the token of {@link silentAnswer} is. */
export const TOKEN_LENGTH = 2_000;

/** A scenario of the fake: an answer as large as those of Entra. */
export const silentAnswer = {
  accounts: "alice",
  "account.alice.prop.OID": "1",
  "token.account": "alice",
  "token.token": "t".repeat(TOKEN_LENGTH),
  "token.prop.wamcompat_id_token": "i".repeat(1_200),
  "token.prop.TokenExpiresOn": "13400000000",
} as const;
