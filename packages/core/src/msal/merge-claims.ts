/**
 * Adds the client capability "cp1" to a claims challenge: the resource may then revoke the token at any time
 * (Microsoft identity platform, "Claims challenges, claims requests and client capabilities").
 */
export function mergeClaims(claims: string | undefined, enableCae: boolean): string | undefined {
  if (!enableCae) return claims;
  const request = (claims === undefined ? {} : JSON.parse(claims)) as { access_token?: object };
  return JSON.stringify({
    ...request,
    access_token: { ...request.access_token, xms_cc: { values: ["cp1"] } },
  });
}
