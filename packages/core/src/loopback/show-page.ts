import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../clock.ts";
import { pageOf } from "../pages/end-pages.ts";
import type { PageName } from "../pages/page-words.ts";
import { sendPage } from "./send-answer.ts";

/** What every page needs to know. */
export interface PageSetting {
  readonly clock: Clock;
  /** What the application calls itself. */
  readonly applicationName?: string | undefined;
}

/** Shows one of our pages in the language of the browser. */
export async function showPage(
  name: PageName,
  request: IncomingMessage,
  response: ServerResponse,
  { applicationName, clock }: PageSetting,
): Promise<void> {
  const page = await pageOf({ name, applicationName }, request.headers["accept-language"]);
  return sendPage(response, page, { request, clock });
}
