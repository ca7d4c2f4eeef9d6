import type { IncomingMessage, ServerResponse } from "node:http";
import type { PageName } from "../pages/page-words.ts";
import type { LateEnd } from "./listener-contract.ts";
import type { AcceptedRequest } from "./screen-request.ts";
import { sendNothing } from "./send-answer.ts";
import { showPage, type PageSetting } from "./show-page.ts";

export interface LateAnswersOptions extends PageSetting {
  readonly end: LateEnd;
  /** The port is free when it returns; what is being answered is, before its connection is closed. */
  readonly close: () => Promise<void>;
}

/** Tells whoever comes to the address of a sign-in that is over how it ended. It knows nothing else of it. */
export class LateAnswers {
  readonly #options: LateAnswersOptions;

  constructor(options: LateAnswersOptions) {
    this.#options = options;
  }

  async answer({ kind }: AcceptedRequest, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { end, close } = this.#options;
    if (kind !== "leave") return showPage(LATE_PAGES[end], request, response, this.#options);
    // The port is free before the answer says so.
    void close();
    await sendNothing(response);
  }
}

const LATE_PAGES: Readonly<Record<LateEnd, PageName>> = {
  complete: "alreadyComplete",
  timeout: "tooLate",
  stopped: "stoppedByApplication",
  failed: "ended",
};
