import type { AccessToken } from "@entrada/core";

export const TOKEN_OUTPUTS = ["token", "json", "header", "az", "status"] as const;

/** How a token is printed; "status" says how long it is good, and has no token in it. */
export type TokenOutput = (typeof TOKEN_OUTPUTS)[number];

export function tokenText(
  { token, expiresOnTimestamp }: AccessToken,
  output: TokenOutput,
  tenant: string | undefined,
): string {
  const json = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;
  const expiresOn = new Date(expiresOnTimestamp);
  switch (output) {
    case "token":
      return `${token}\n`;
    case "header":
      return `Authorization: Bearer ${token}\n`;
    case "json":
      return json({ accessToken: token, expiresOn: expiresOn.toISOString(), tenant, tokenType: "Bearer" });
    case "status":
      return json({ valid: true, expiresOn: expiresOn.toISOString(), tenant });
    case "az":
      return json({
        accessToken: token,
        expiresOn: localTime(expiresOn),
        expires_on: Math.floor(expiresOnTimestamp / 1000),
        tenant,
        tokenType: "Bearer",
      });
  }
}

// As the Azure CLI prints it: the local time with microseconds and without a zone.
function localTime(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${day} ${time}.${String(date.getMilliseconds()).padStart(3, "0")}000`;
}
