import { createHash } from "node:crypto";
import type { EntraError, EntraErrorTrace } from "../refusals/entra-error.ts";
import { pageStyle } from "./page-style.ts";
import type { Reply } from "../http/reply.ts";

/** Text that is safe to stand in HTML. Only {@link html} makes it. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A template whose values are escaped, unless they are {@link Html} themselves. Lists are joined. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | Html | readonly Html[])[]
): Html {
  return new Html(parts.map((part, index) => part + htmlOf(values[index])).join(""));
}

export interface PageInit {
  readonly status?: number;
  readonly title: string;
  readonly body: Html;
  /** Where the page's forms may lead besides the emulator itself. */
  readonly formTarget?: string | undefined;
  /** Runs at the end of the page. */
  readonly script?: string;
}

/** A whole page: nothing from elsewhere, nothing kept, in no frame. */
export function page({ status = 200, title, body, formTarget, script }: PageInit): Reply {
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(pageStyle)}'`,
    ...(script === undefined ? [] : [`script-src '${hashOf(script)}'`]),
    `form-action 'self'${formTarget === undefined ? "" : ` ${formTarget}`}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} - Local emulator</title>
        ${new Html(`<style>${pageStyle}</style>`)}
      </head>
      <body>
        <div class="sign" role="note">
          <strong>Local emulator.</strong> Nothing here is real: no password, no Microsoft service.
        </div>
        <main>
          <section class="sheet" aria-labelledby="title">
            <h1 id="title">${title}</h1>
            ${body}
          </section>
        </main>
        <footer>Entrada emulator on this machine</footer>
        ${script === undefined ? "" : new Html(`<script>${script}</script>`)}
      </body>
    </html> `;
  return {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy.join("; "),
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
    },
    body: document.text,
  };
}

/** A page that says one thing. */
export function messagePage(status: number, title: string, message: string): Reply {
  return page({ status, title, body: html`<p class="lead">${message}</p>` });
}

/** An error that only the person hears of: the application's address is not known to be its own. */
export function errorPage(error: EntraError, trace: EntraErrorTrace): Reply {
  const body = html`<p class="lead">
      The request was refused. The application does not hear of it: nothing shows that the address to answer
      to is its own.
    </p>
    <pre>${error.describe(trace)}</pre>`;
  return page({ status: error.status, title: "This sign-in cannot start", body });
}

/** Posts the answer to the application by itself (OAuth 2.0 Form Post Response Mode). */
export function formPostPage(action: string, fields: Readonly<Record<string, string>>): Reply {
  const { protocol, host } = new URL(action);
  const body = html`<p class="lead">Going back to the application.</p>
    <form method="post" action="${action}">
      ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
      <noscript
        ><div class="actions"><button class="primary">Continue</button></div></noscript
      >
    </form>`;
  return page({
    title: "One moment",
    body,
    formTarget: `${protocol}//${host}`,
    script: "document.forms[0].submit();",
  });
}

function htmlOf(value: string | Html | readonly Html[] | undefined): string {
  if (value === undefined) return "";
  if (value instanceof Html) return value.text;
  if (typeof value === "string") return value.replace(/[&<>"']/g, (it) => `&#${it.charCodeAt(0)};`);
  return value.map((it) => it.text).join("\n");
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
