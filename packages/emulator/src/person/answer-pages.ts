import { setTimeout as wait } from "node:timers/promises";
import type { PersonAnswer } from "../options/person-answer.ts";
import { submit, type BrowserPage } from "./person-browser.ts";

/** How a prompt ended. */
export interface PersonVisit {
  /**
   * `answered`: the application was told. `refused`: it was told of a refusal on the page.
   * `stuck`: a page without a way back, such as one about a redirect URI. `closed`: the person went away.
   */
  readonly outcome: "answered" | "refused" | "stuck" | "closed";
  /** The heading of the last page. */
  readonly page: string;
  /** The status of the application's own answer, where there was one. */
  readonly status?: number;
}

/** Goes from page to page until the application has its answer, or there is nothing left to press. */
export async function answerPages(
  first: BrowserPage,
  { action, account, delayInMs }: PersonAnswer,
  signal: AbortSignal | undefined,
): Promise<PersonVisit> {
  if (delayInMs !== undefined) await wait(delayInMs, undefined, signal && { signal });
  let page = first;
  let refused = false;
  while (page.isEmulator) {
    const press = (name: string) =>
      page.forms.find((form) => form.buttons.some((it) => it.name === "action" && it.value === name));
    const picker = page.forms.find(({ fields }) => fields["action"] === "pick");
    const goBack = press("leave");
    if (action === "close") return { outcome: "closed", page: page.title };
    if (goBack) {
      refused = true;
      page = await submit(page, goBack, { action: "leave" }, signal);
    } else if (action === "cancel" && press("cancel")) {
      page = await submit(page, press("cancel"), { action: "cancel" }, signal);
    } else if (action === "decline" && (press("decline") ?? press("cancel"))) {
      page = await submit(page, press("decline") ?? press("cancel"), { action: "decline" }, signal);
    } else if (picker) {
      const choice = account ?? picker.buttons.find((it) => it.name === "account")?.value ?? "";
      page = await submit(page, picker, { account: choice }, signal);
    } else {
      const next = ["confirm", "approve"].find((name) => press(name));
      const form = next === undefined ? page.forms[0] : press(next);
      if (!form)
        return { outcome: page.status < 400 ? "answered" : "stuck", page: page.title, status: page.status };
      page = await submit(page, form, next === undefined ? {} : { action: next }, signal);
    }
  }
  return { outcome: refused ? "refused" : "answered", page: page.title, status: page.status };
}
