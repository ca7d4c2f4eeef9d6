import type { Registration } from "../registration/registration.ts";

export const SETUP_PARTS = ["browser", "broker", "device-code"] as const;

/** A way to sign in that needs something of an app registration. */
export type SetupPart = (typeof SETUP_PARTS)[number];

export interface NeededUri {
  readonly uri: string;
  /** What needs it. */
  readonly reason: string;
}

/** What an app registration must have. */
export interface NeededSettings {
  readonly uris: readonly NeededUri[];
  readonly publicClientFlows: boolean;
}

/** What is missing in one, in Microsoft Graph's words; undefined where nothing is. */
export interface SetupChange {
  /** For people: a line each. */
  readonly lines: readonly string[];
  readonly body: Readonly<Record<string, unknown>>;
}

export function neededSettings(clientId: string, parts: readonly SetupPart[]): NeededSettings {
  const uris: NeededUri[] = [];
  if (parts.includes("browser") || parts.includes("broker"))
    uris.push({ uri: "http://localhost", reason: "the browser, at any port" });
  if (parts.includes("broker")) {
    uris.push(
      { uri: `ms-appx-web://Microsoft.AAD.BrokerPlugin/${clientId}`, reason: "the broker of Windows" },
      {
        uri: "https://login.microsoftonline.com/common/oauth2/nativeclient",
        reason: "the broker of Linux",
      },
    );
  }
  return { uris, publicClientFlows: parts.includes("device-code") || parts.includes("broker") };
}

/** The difference to what there is. A URI may stand under one platform only: under others it is taken away. */
export function changeTo(
  { uris, publicClientFlows }: NeededSettings,
  present: Registration,
): SetupChange | undefined {
  const needed = uris.map(({ uri }) => uri);
  const added = needed.filter((uri) => !present.publicClient.includes(uri));
  const lines = added.map((uri) => `+ Mobile and desktop applications: ${uri}`);
  const body: Record<string, unknown> = {};
  if (added.length > 0) body["publicClient"] = { redirectUris: [...present.publicClient, ...added] };
  for (const [platform, name] of [
    ["web", "Web"],
    ["spa", "Single-page application"],
  ] as const) {
    const moved = present[platform].filter((uri) => needed.includes(uri));
    if (moved.length === 0) continue;
    lines.push(...moved.map((uri) => `- ${name}: ${uri}`));
    body[platform] = { redirectUris: present[platform].filter((uri) => !needed.includes(uri)) };
  }
  if (publicClientFlows && !present.allowsPublicClientFlows) {
    lines.push("+ Allow public client flows: Yes");
    body["isFallbackPublicClient"] = true;
  }
  return lines.length === 0 ? undefined : { lines, body };
}
