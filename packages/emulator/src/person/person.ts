import { setTimeout as wait } from "node:timers/promises";
import { checkPersonAnswer } from "../options/check-options.ts";
import type { PersonAnswer } from "../options/person-answer.ts";
import { openPage, submit, type BrowserPage } from "./person-browser.ts";

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

/** A person who answers prompts by script, over the same pages a browser shows. */
export interface ScriptedPerson {
  /**
   * Opens a sign-in page and answers it in the background, as a browser does: fits Entrada's `openBrowser` option.
   * Resolves at once; see {@link ScriptedPerson.settled} for the rest. Follows no redirect but to a loopback address.
   */
  openBrowser(url: string, context?: { readonly signal?: AbortSignal }): Promise<void>;
  /** Types a device code and answers. Resolves when the person is done. */
  answerDeviceCode(
    info: { readonly userCode: string; readonly verificationUri: string },
    context?: { readonly signal?: AbortSignal },
  ): Promise<void>;
  /**
   * The answers to the next prompts, one each; later prompts get the default answer.
   * @throws TypeError for what is no answer
   */
  script(...answers: readonly PersonAnswer[]): void;
  /** The prompts so far, in the order they ended. */
  readonly visits: readonly PersonVisit[];
  /** Waits for the prompts under way. Rejects with the first error one of them met, other than an abort. */
  settled(): Promise<void>;
}

/** A person who trusts this certificate authority and, unless scripted, gives this answer. */
export function createPerson(ca: string, byDefault: PersonAnswer = { action: "approve" }): ScriptedPerson {
  const answers: PersonAnswer[] = [];
  const visits: PersonVisit[] = [];
  let underWay: Promise<void>[] = [];

  async function visit(signal: AbortSignal | undefined, open: () => Promise<BrowserPage>): Promise<void> {
    const answer = answers.shift() ?? byDefault;
    visits.push(await answerPages(await open(), answer, signal));
  }

  return {
    visits,
    openBrowser(url, { signal } = {}) {
      const work = visit(signal, () => openPage(url, ca, signal)).catch((error: unknown) => {
        if (!signal?.aborted) throw error;
      });
      // Whoever asks for `settled` hears of an error; until then it must not end the process.
      work.catch(() => undefined);
      underWay.push(work);
      return Promise.resolve();
    },
    async answerDeviceCode({ userCode, verificationUri }, { signal } = {}) {
      await visit(signal, async () => {
        const page = await openPage(verificationUri, ca, signal);
        return submit(page, page.forms[0], { user_code: userCode }, signal);
      });
    },
    script(...more) {
      for (const answer of more) checkPersonAnswer(answer);
      answers.push(...more);
    },
    async settled() {
      const all = underWay;
      underWay = [];
      await Promise.all(all);
    },
  };
}

/** Goes from page to page until the application has its answer, or there is nothing left to press. */
async function answerPages(
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
