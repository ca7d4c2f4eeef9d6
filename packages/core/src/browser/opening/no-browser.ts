/** What is said where no browser can be shown to a person: by the error, and by who only asks. */
export interface NoBrowser {
  readonly code: "browser_unavailable";
  readonly detail: "no_browser";
  readonly what: string;
  readonly remedy: string;
}

/** @param reason - part of a sentence, without its final stop */
export function noBrowser(reason: string): NoBrowser {
  return {
    code: "browser_unavailable",
    detail: "no_browser",
    what: `No browser can be shown to a person here: ${reason}`,
    remedy: "Use the device code flow (DeviceCodeCredential), set BROWSER, or pass openBrowser",
  };
}
