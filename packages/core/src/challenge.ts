// How a challenge of HTTP is read (RFC 9110, section 11): for our own packages.
export { bearerParameter } from "./tokens/claims-challenge.ts";
