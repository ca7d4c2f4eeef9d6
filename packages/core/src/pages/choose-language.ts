/** The languages of the pages, as `lang` names them; the first is for everybody else. */
export const PAGE_LANGUAGES = [
  "en",
  "ar",
  "cs",
  "de",
  "es",
  "fr",
  "he",
  "hu",
  "it",
  "ja",
  "ko",
  "nl",
  "pl",
  "pt-BR",
  "pt-PT",
  "ru",
  "sv",
  "tr",
  "uk",
  "zh-Hans",
  "zh-Hant",
] as const;

export type PageLanguage = (typeof PAGE_LANGUAGES)[number];

const RIGHT_TO_LEFT: ReadonlySet<PageLanguage> = new Set(["ar", "he"]);
// Tags whose beginning does not say which of ours they mean (RFC 4647 looks only at that), and names of former times.
const OTHER_TAGS: Readonly<Record<string, PageLanguage>> = {
  "zh-tw": "zh-Hant",
  "zh-hk": "zh-Hant",
  "zh-mo": "zh-Hant",
  "zh-cn": "zh-Hans",
  "zh-sg": "zh-Hans",
  zh: "zh-Hans",
  pt: "pt-BR",
  "pt-ao": "pt-PT",
  "pt-mz": "pt-PT",
  "pt-cv": "pt-PT",
  iw: "he",
};
const OURS: ReadonlyMap<string, PageLanguage> = new Map([
  ...Object.entries(OTHER_TAGS),
  ...PAGE_LANGUAGES.map((language) => [language.toLowerCase(), language] as const),
]);
const LONGEST_HEADER = 1000;
const MOST_WISHES = 32;

export function directionOf(language: PageLanguage): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.has(language) ? "rtl" : "ltr";
}

/** The language for a browser's `Accept-Language` (RFC 9110, section 12.5.4), by "lookup" of RFC 4647, section 3.4. */
export function chooseLanguage(acceptLanguage: string | undefined): PageLanguage {
  const wishes = (acceptLanguage ?? "")
    .slice(0, LONGEST_HEADER)
    .split(",", MOST_WISHES)
    .map((wish) => {
      const [tag = "", ...parameters] = wish.split(";").map((part) => part.trim().toLowerCase());
      const quality = parameters.find((parameter) => parameter.startsWith("q="));
      return { tag, weight: quality === undefined ? 1 : Number(quality.slice(2)) };
    })
    .filter(({ tag, weight }) => tag !== "" && weight > 0 && weight <= 1);
  // The sort keeps the order of equals.
  wishes.sort((a, b) => b.weight - a.weight);
  for (const { tag } of wishes) {
    const found = lookUp(tag);
    if (found !== undefined) return found;
  }
  return "en";
}

// "de-CH-1996" is asked for as itself, then as "de-CH", then as "de".
function lookUp(tag: string): PageLanguage | undefined {
  for (let end = tag.length; end > 0; end = tag.lastIndexOf("-", end - 1)) {
    const found = OURS.get(tag.slice(0, end));
    if (found !== undefined) return found;
  }
  return undefined;
}
