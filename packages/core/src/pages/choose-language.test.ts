import { describe, expect, it } from "vitest";
import { chooseLanguage, PAGE_LANGUAGES } from "./choose-language.ts";

describe("the language of a page", () => {
  it.each<readonly [string | undefined, string]>([
    [undefined, "en"],
    ["", "en"],
    ["*", "en"],
    ["de", "de"],
    ["de-CH", "de"],
    ["de-CH-1996,de;q=0.9,en;q=0.8", "de"],
    ["DE-at", "de"],
    ["en-US,de;q=0.9", "en"],
    ["xx,fr;q=0.5", "fr"],
    ["fr;q=0.2,es;q=0.8", "es"],
    ["fr;q=0,es;q=0.1", "es"],
    ["fr;q=2,es;q=0.1", "es"],
    ["fr;q=x,es;q=0.1", "es"],
    ["fr ; q=0.3 , it ; q=0.4", "it"],
    ["pt", "pt-BR"],
    ["pt-BR", "pt-BR"],
    ["pt-PT,pt;q=0.9", "pt-PT"],
    ["pt-AO", "pt-PT"],
    ["zh", "zh-Hans"],
    ["zh-CN,zh;q=0.9", "zh-Hans"],
    ["zh-TW", "zh-Hant"],
    ["zh-HK", "zh-Hant"],
    ["zh-Hant-HK", "zh-Hant"],
    ["zh-Hans-SG", "zh-Hans"],
    ["iw", "he"],
    ["he-IL", "he"],
    ["ar-EG", "ar"],
    ["germ", "en"],
    ["__proto__,constructor,toString", "en"],
    [",,,;;;q=,-,--,de", "de"],
    ["-".repeat(5000), "en"],
    [`${"xx,".repeat(5000)}de`, "en"],
  ])("for %s is %s", (header, language) => {
    expect(chooseLanguage(header)).toBe(language);
  });

  it.each(PAGE_LANGUAGES)("%s is chosen for itself", (language) => {
    expect(chooseLanguage(language)).toBe(language);
    expect(chooseLanguage(language.toUpperCase())).toBe(language);
  });
});
