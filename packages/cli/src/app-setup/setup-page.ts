import type { NeededSettings } from "./needed-settings.ts";

/** What to set in the portal, and the command that sets it. */
export function setupPage(clientId: string, needed: NeededSettings): string {
  const width = Math.max(0, ...needed.uris.map(({ uri }) => uri.length)) + 2;
  const uris = needed.uris.map(({ uri, reason }) => `  ${uri.padEnd(width)}${reason}`);
  const lines = [
    `App registration ${clientId}`,
    "",
    ...(uris.length === 0
      ? []
      : ["Authentication, platform Mobile and desktop applications, redirect URIs:", ...uris]),
    ...(needed.publicClientFlows
      ? ["Authentication, Advanced settings, Allow public client flows:", "  Yes"]
      : []),
    "",
    "With the Azure CLI (it replaces the redirect URIs of that platform: name those that you keep as well):",
    `  ${azCommand(clientId, needed)}`,
    "",
    "Or let this command do it, after it has shown what would change:",
    `  entrada app-setup ${clientId} --apply`,
  ];
  return lines.map((line) => `${line}\n`).join("");
}

export function azCommand(clientId: string, { uris, publicClientFlows }: NeededSettings): string {
  const redirects =
    uris.length === 0 ? "" : ` --public-client-redirect-uris ${uris.map(({ uri }) => uri).join(" ")}`;
  const flows = publicClientFlows ? " --is-fallback-public-client true" : "";
  return `az ad app update --id ${clientId}${redirects}${flows}`;
}
