import { aadstsTable } from "../refusals/aadsts.ts";
import type { EmulatorState } from "./emulator-state.ts";
import { html, messagePage, page } from "../pages/page.ts";
import { optional } from "./parameters.ts";
import type { Reply } from "../http/reply.ts";
import type { EmulatorRequest } from "../http/request.ts";

/** `GET /`: what this is, for a person who opens it. */
export function homeEndpoint(request: EmulatorRequest, state: EmulatorState): Reply {
  const body = html`<p class="lead">A sign-in service for tests, on this machine only.</p>
    <pre>authorityHost ${request.origin}</pre>
    <ul class="permissions">
      ${state.directory.accounts.map(
        ({ displayName, username }) => html`<li>${displayName}<small>${username}</small></li>`,
      )}
    </ul>
    <p><a href="/devicelogin">Enter a device code</a></p>`;
  return page({ title: "Entrada emulator", body });
}

/** `GET /error?code=NNN`: what `error_uri` leads to. */
export function errorLookupEndpoint(request: EmulatorRequest): Reply {
  const code = optional(request.query, "code") ?? "";
  const entry = aadstsTable[Number(code)];
  if (!entry)
    return messagePage(404, "Unknown error", "This emulator does not give an error of that number.");
  const body = html`<p class="lead">OAuth error <b>${entry.error}</b></p>
    <pre>${entry.text}</pre>`;
  return page({ title: `AADSTS${code}`, body });
}
