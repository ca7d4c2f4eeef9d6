import type { AuthenticationErrorCode } from "../errors/authentication-error.ts";
import { chooseLanguage, directionOf } from "./choose-language.ts";
import { loadWords } from "./load-words.ts";
import { callersPage, type Page, type PageContent, resultPage } from "./result-page.ts";

/** How a sign-in ended, as a page of the application's own is told. All texts are plain text: escape them for HTML. */
export interface SignInOutcome {
  readonly ok: boolean;
  /** What happened, in a few words of `language`. */
  readonly title: string;
  /** What that means for the person, in `language`. */
  readonly message: string;
  /** The authority's own words and identifiers, or the error's, in English, for whoever helps the person. */
  readonly details?: string;
  /** The `code` of the error that the call ends with. */
  readonly code?: AuthenticationErrorCode;
  /** The browser's language among ours, such as "de" or "zh-Hans". */
  readonly language: string;
  /** How that language is written: for the attribute `dir`. */
  readonly direction: "ltr" | "rtl";
  /** The option `applicationName`. */
  readonly applicationName?: string;
}

/** A whole HTML document, or what makes one of the outcome. In the latter no script runs. */
export type EndPage = string | ((outcome: SignInOutcome) => string);

/** Pages of the application's own, in the place of ours. */
export interface EndPages {
  successMessage?: EndPage | undefined;
  errorMessage?: EndPage | undefined;
}

/** How a sign-in ended, before it has words. */
export interface PageEnd extends Omit<PageContent, "applicationName"> {
  readonly ok: boolean;
  readonly code?: AuthenticationErrorCode | undefined;
}

export interface EndPagesContext {
  readonly pages?: EndPages | undefined;
  readonly applicationName?: string | undefined;
  /** Told when a function of the application's own made no page. */
  readonly warn?: ((code: string, message: string) => void) | undefined;
}

/** The page for a browser that asks for `acceptLanguage`: ours, in its language. */
export async function pageOf(content: PageContent, acceptLanguage: string | undefined): Promise<Page> {
  const language = chooseLanguage(acceptLanguage);
  return resultPage(content, await loadWords(language), language);
}

/** The page that ends a sign-in: the application's own if it has one, else ours. */
export async function endPageOf(
  { ok, name, details, code }: PageEnd,
  { pages, applicationName, warn }: EndPagesContext,
  acceptLanguage: string | undefined,
): Promise<Page> {
  const own = ok ? pages?.successMessage : pages?.errorMessage;
  if (typeof own === "string") return callersPage(own, "constant");
  if (own !== undefined) {
    const language = chooseLanguage(acceptLanguage);
    const text = (await loadWords(language)).pages[name];
    try {
      const html: unknown = own({
        ok,
        title: text.title,
        message: text.message,
        ...(details ? { details } : {}),
        ...(code === undefined ? {} : { code }),
        language,
        direction: directionOf(language),
        ...(applicationName === undefined ? {} : { applicationName }),
      });
      if (typeof html === "string") return callersPage(html, "of_outcome");
      warn?.("page_failed", `${nameOf(ok)} returned no text, so the person sees the page of this package.`);
    } catch (error) {
      const kind = error instanceof Error ? error.name : typeof error;
      warn?.("page_failed", `${nameOf(ok)} threw (${kind}), so the person sees the page of this package.`);
    }
  }
  return pageOf({ name, details, applicationName }, acceptLanguage);
}

function nameOf(ok: boolean): string {
  return `browserCustomizationOptions.${ok ? "successMessage" : "errorMessage"}`;
}
