import type { InteractiveRequest } from "../flow/flow.ts";
import type { AuthorizationResponse, LoopbackListener } from "../loopback/listener-contract.ts";
import type { EntraClient } from "../msal/entra-client.ts";
import type { BrowserSignInOptions } from "./browser-sign-in-options.ts";
import type { OpenBrowser } from "./open-browser.ts";
import { PageOpening } from "./page-opening.ts";
import { timeoutHint } from "./timeout-hint.ts";

interface Visit {
  readonly options: BrowserSignInOptions;
  readonly request: InteractiveRequest;
  readonly listener: LoopbackListener;
  /** Absent: the person opens the page. */
  readonly openBrowser: OpenBrowser | undefined;
  /** The sign-in page. */
  readonly url: string;
  /** What was refused of what came, in sentences. */
  readonly refusal: () => string | undefined;
}

/**
 * Opens the sign-in page and waits for its answer. That may come before the opener has returned, the opener may fail
 * while nothing comes, and the authority may know nothing of the tenant: then it shows a page that leads nowhere.
 */
export async function answerFromBrowser(visit: Visit): Promise<AuthorizationResponse> {
  const { options, request, listener, openBrowser, url, refusal } = visit;
  const { entra, clientId, redirectUri, isHeard } = options;
  const answered = new AbortController();
  const opening =
    openBrowser && new PageOpening({ openBrowser, url, link: listener.linkTo(url), request, isHeard });
  request.explainTimeout?.(() =>
    timeoutHint({
      clientId,
      redirectUri,
      trouble: opening?.trouble,
      usedHttps: listener.greetedByTls,
      refused: refusal(),
    }),
  );
  const opened = opening === undefined ? [] : [opening.run()];
  entra.prepare();
  const stop = AbortSignal.any([request.signal, answered.signal]);
  const refused = tenantRefused(entra, { ...request, signal: stop });
  try {
    return await Promise.race([listener.wait(stop), ...opened, refused]);
  } finally {
    answered.abort();
  }
}

/** Rejects when the authority does not know the tenant; else never settles. */
function tenantRefused(entra: EntraClient, request: InteractiveRequest): Promise<never> {
  return new Promise((_, reject) => {
    entra.tenantRefusal(request).then(
      (refusal) => refusal && reject(refusal),
      () => {}, // it could not be asked, or the sign-in has ended: nothing depends on it
    );
  });
}
