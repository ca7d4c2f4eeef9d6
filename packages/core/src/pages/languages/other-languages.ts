import type { PageLanguage } from "../choose-language.ts";
import type { PageWords } from "../page-words.ts";
import { ar } from "./ar.ts";
import { cs } from "./cs.ts";
import { de } from "./de.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";
import { he } from "./he.ts";
import { hu } from "./hu.ts";
import { it } from "./it.ts";
import { ja } from "./ja.ts";
import { ko } from "./ko.ts";
import { nl } from "./nl.ts";
import { pl } from "./pl.ts";
import { ptBR } from "./pt-br.ts";
import { ptPT } from "./pt-pt.ts";
import { ru } from "./ru.ts";
import { sv } from "./sv.ts";
import { tr } from "./tr.ts";
import { uk } from "./uk.ts";
import { zhHans } from "./zh-hans.ts";
import { zhHant } from "./zh-hant.ts";

/** The words of every language but English: one file where they are published, read when a page in one of them is shown. */
export const otherLanguages: Readonly<Record<Exclude<PageLanguage, "en">, PageWords>> = {
  ar,
  cs,
  de,
  es,
  fr,
  he,
  hu,
  it,
  ja,
  ko,
  nl,
  pl,
  "pt-BR": ptBR,
  "pt-PT": ptPT,
  ru,
  sv,
  tr,
  uk,
  "zh-Hans": zhHans,
  "zh-Hant": zhHant,
};
