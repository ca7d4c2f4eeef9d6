import type { PageLanguage } from "./choose-language.ts";
import { en } from "./languages/en.ts";
import type { PageWords } from "./page-words.ts";

/** The words of a language; English where their file cannot be read, because a person is looking at an empty page. */
export async function loadWords(language: PageLanguage): Promise<PageWords> {
  if (language === "en") return en;
  try {
    return (await import("./languages/other-languages.ts")).otherLanguages[language];
  } catch {
    return en;
  }
}
