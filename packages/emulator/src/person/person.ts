import { checkPersonAnswer } from "../options/check-options.ts";
import type { PersonAnswer } from "../options/person-answer.ts";
import type { Reachable } from "../http/emulator-fetch.ts";
import { answerPages, type PersonVisit } from "./answer-pages.ts";
import { openPage, submit, type BrowserPage } from "./person-browser.ts";

/** A person who answers prompts by script, over the same pages a browser shows. */
export interface ScriptedPerson {
  /**
   * Opens a sign-in page and answers it in the background, as a browser does: fits Entrada's `openBrowser` option.
   * Resolves at once; see {@link ScriptedPerson.settled} for the rest. Follows no redirect but to a loopback address.
   */
  openBrowser(url: string, context?: { signal?: AbortSignal }): Promise<void>;
  /** Types a device code and answers. Resolves when the person is done. */
  answerDeviceCode(
    info: { userCode: string; verificationUri: string },
    context?: { signal?: AbortSignal },
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

/** A person who finds this emulator by all its names and, unless scripted, gives this answer. */
export function createPerson(
  emulator: Reachable,
  byDefault: PersonAnswer = { action: "approve" },
): ScriptedPerson {
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
      const work = visit(signal, () => openPage(url, emulator, signal)).catch((error: unknown) => {
        if (!signal?.aborted) throw error;
      });
      // Whoever asks for `settled` hears of an error; until then it must not end the process.
      work.catch(() => undefined);
      underWay.push(work);
      return Promise.resolve();
    },
    async answerDeviceCode({ userCode, verificationUri }, { signal } = {}) {
      await visit(signal, async () => {
        const page = await openPage(verificationUri, emulator, signal);
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
