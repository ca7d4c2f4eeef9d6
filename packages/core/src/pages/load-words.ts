import type { PageLanguage } from "./choose-language.ts";
import { en } from "./languages/en.ts";
import type { PageWords } from "./page-words.ts";

// One file a language, read when a page in it is shown.
const LANGUAGES: Readonly<Record<Exclude<PageLanguage, "en">, () => Promise<PageWords>>> = {
  ar: async () => (await import("./languages/ar.ts")).ar,
  cs: async () => (await import("./languages/cs.ts")).cs,
  de: async () => (await import("./languages/de.ts")).de,
  es: async () => (await import("./languages/es.ts")).es,
  fr: async () => (await import("./languages/fr.ts")).fr,
  he: async () => (await import("./languages/he.ts")).he,
  hu: async () => (await import("./languages/hu.ts")).hu,
  it: async () => (await import("./languages/it.ts")).it,
  ja: async () => (await import("./languages/ja.ts")).ja,
  ko: async () => (await import("./languages/ko.ts")).ko,
  nl: async () => (await import("./languages/nl.ts")).nl,
  pl: async () => (await import("./languages/pl.ts")).pl,
  "pt-BR": async () => (await import("./languages/pt-br.ts")).ptBR,
  "pt-PT": async () => (await import("./languages/pt-pt.ts")).ptPT,
  ru: async () => (await import("./languages/ru.ts")).ru,
  sv: async () => (await import("./languages/sv.ts")).sv,
  tr: async () => (await import("./languages/tr.ts")).tr,
  uk: async () => (await import("./languages/uk.ts")).uk,
  "zh-Hans": async () => (await import("./languages/zh-hans.ts")).zhHans,
  "zh-Hant": async () => (await import("./languages/zh-hant.ts")).zhHant,
};

/** The words of a language; English where its file cannot be read, because a person is looking at an empty page. */
export async function loadWords(language: PageLanguage): Promise<PageWords> {
  if (language === "en") return en;
  try {
    return await LANGUAGES[language]();
  } catch {
    return en;
  }
}
