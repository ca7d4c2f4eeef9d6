import type { Directory } from "../directory/directory.ts";
import {
  PERSONAL_TENANT_ID,
  type EmulatorAccount,
  type EmulatorResource,
} from "../directory/directory-types.ts";
import { html, page, type Html } from "./page.ts";
import type { Reply } from "../http/reply.ts";
import type { SignIn } from "../sign-in/sign-in.ts";

/** Who is it? */
export function pickAccountPage(id: string, signIn: SignIn, directory: Directory): Reply {
  const { application, authority, loginHint } = signIn;
  const hinted = loginHint?.toLowerCase();
  const candidates = directory
    .candidates(application, authority)
    .toSorted(
      (a, b) => Number(b.username.toLowerCase() === hinted) - Number(a.username.toLowerCase() === hinted),
    );
  const where = authority.tenant ? html` in <b>${authority.tenant.displayName}</b>` : "";
  const body = html`<p class="lead">to continue to <b>${application.name}</b>${where}</p>
    <form method="post" action="/${signIn.segment}/signin">
      <input type="hidden" name="sign_in" value="${id}" /><input type="hidden" name="action" value="pick" />
      ${candidates.map((account, index) => accountButton(account, signIn, index === 0))}
    </form>
    <details>
      <summary>Use another account</summary>
      <form method="post" action="/${signIn.segment}/signin">
        <input type="hidden" name="sign_in" value="${id}" /><input type="hidden" name="action" value="pick" />
        <label for="account">User name</label>
        <input
          type="text"
          id="account"
          name="account"
          required
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          value="${loginHint ?? ""}"
        />
        <div class="actions"><button class="primary">Next</button></div>
      </form>
    </details>
    ${choices(id, signIn, [["cancel", "Cancel"]])}`;
  return page({ title: "Choose an account", body, formTarget: signIn.formTarget });
}

/** The second factor, such as it is here: a press of a button. */
export function confirmPage(id: string, signIn: SignIn, account: EmulatorAccount): Reply {
  const body = html`${who(account)}
    <p>The tenant asks for a second factor. Here, it is enough to say so.</p>
    ${choices(id, signIn, [
      ["confirm", "It is me"],
      ["cancel", "Cancel"],
    ])}`;
  return page({ title: "Confirm that it is you", body, formTarget: signIn.formTarget });
}

/** May the application? */
export function consentPage(
  id: string,
  signIn: SignIn,
  account: EmulatorAccount,
  resource: EmulatorResource,
): Reply {
  const scopes = signIn.scope.split(" ").filter(Boolean);
  const asked =
    signIn.flow === "deviceCode"
      ? "is asking on another device. Go on only if you started this."
      : "asks to:";
  const body = html`${who(account)}
    <p class="lead"><b>${signIn.application.name}</b> ${asked}</p>
    <ul class="permissions">
      ${scopes.map((scope) => html`<li>${meaningOf(scope, resource)}<small>${scope}</small></li>`)}
    </ul>
    ${choices(id, signIn, [
      ["approve", "Accept"],
      ["decline", "Decline"],
    ])}`;
  return page({ title: "Allow this application?", body, formTarget: signIn.formTarget });
}

/** Why it cannot go on. */
export function refusalPage(id: string, signIn: SignIn, description: string): Reply {
  const body = html`<p class="lead">The sign-in to <b>${signIn.application.name}</b> was refused.</p>
    <pre>${description}</pre>
    ${choices(id, signIn, [
      ["back", "Use another account"],
      ["leave", "Back to the application"],
    ])}`;
  return page({ title: "That did not work", body, formTarget: signIn.formTarget });
}

function accountButton(account: EmulatorAccount, { authority }: SignIn, first: boolean): Html {
  const { username, displayName, tenantId } = account;
  const isGuest = authority.tenant !== undefined && authority.tenant.id !== tenantId;
  const tag = tenantId === PERSONAL_TENANT_ID ? "Personal" : isGuest ? "Guest" : "Work";
  return html`<button class="account" name="account" value="${username}" ${first ? html` autofocus` : ""}>
    <span class="initials" aria-hidden="true">${initials(displayName)}</span>
    <span class="name">${displayName}</span><span class="username">${username}</span
    ><span class="tag">${tag}</span>
  </button>`;
}

function who({ displayName, username }: EmulatorAccount): Html {
  return html`<div class="who">
    <span class="initials" aria-hidden="true">${initials(displayName)}</span>
    <span class="name">${displayName}</span><span class="username">${username}</span>
  </div>`;
}

/** One form of buttons; of several, the first is the one most people want. */
function choices(id: string, { segment }: SignIn, actions: readonly (readonly [string, string])[]): Html {
  const main = actions.length > 1 ? 0 : -1;
  return html`<form method="post" action="/${segment}/signin">
    <input type="hidden" name="sign_in" value="${id}" />
    <div class="actions">
      ${actions.map(
        ([action, label], index) =>
          html`<button class="${index === main ? "primary" : "secondary"}" name="action" value="${action}">
            ${label}
          </button>`,
      )}
    </div>
  </form>`;
}

function meaningOf(scope: string, resource: EmulatorResource): string {
  const known: Readonly<Record<string, string>> = {
    openid: "Sign you in",
    profile: "See your name",
    email: "See your email address",
    offline_access: "Stay signed in",
  };
  return known[scope] ?? `Use ${resource.name} as you`;
}

function initials(displayName: string): string {
  const words = displayName.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.charAt(0) ?? "")
    .join("");
}
