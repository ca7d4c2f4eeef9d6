/** The tenant and the application that all these people sign in to. */
export const TENANT = "2f0d3a58-6f0a-4c0f-9a53-6f2f0f8d1c11";
export const CLIENT = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
export const SCOPE = "https://management.azure.com/.default";
export const AUTHORITY = "https://login.microsoftonline.com";

/** What a token endpoint answers when person number `index` has signed in, as long as a real one. Sent by nobody. */
export function tokenAnswer(index) {
  const person = objectId(index);
  const now = Math.floor(Date.now() / 1000);
  const idToken = [
    encoded({ typ: "JWT", alg: "RS256" }),
    encoded({
      aud: CLIENT,
      iss: `${AUTHORITY}/${TENANT}/v2.0`,
      iat: now,
      nbf: now,
      exp: now + 3600,
      tid: TENANT,
      oid: person,
      sub: `subject-${index}`,
      name: `Person ${index}`,
      preferred_username: userName(index),
      ver: "2.0",
    }),
    "s".repeat(342),
  ].join(".");
  return {
    token_type: "Bearer",
    scope: `https://management.azure.com/user_impersonation ${SCOPE}`,
    expires_in: 3600,
    ext_expires_in: 3600,
    access_token: `a${index}.${"a".repeat(1500)}`,
    refresh_token: `r${index}.${"r".repeat(1000)}`,
    id_token: idToken,
    client_info: encoded({ uid: person, utid: TENANT }),
  };
}

export function deviceAnswer() {
  return {
    device_code: "d".repeat(200),
    user_code: "ABCDEFGHJ",
    verification_uri: "https://localhost/devicelogin",
    expires_in: 900,
    interval: 0,
    message: "Not shown to anybody",
  };
}

export function userName(index) {
  return `person-${index}@contoso.example`;
}

/** The id of a person in the tenant. */
export function objectId(index) {
  return `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
}

function encoded(value) {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
