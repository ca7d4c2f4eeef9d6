import { expect, onTestFinished, test } from "vitest";
import { CacheWarnings, type CacheWarning, type WarningListener } from "./cache-warning.ts";

const PLAIN: CacheWarning = { code: "cache_plain", message: "It is not encrypted." };

const DEAF: Readonly<Record<string, WarningListener>> = {
  "that throws": () => {
    throw new Error("listener failed");
  },
  // The type says that it returns nothing; an async function fits.
  "that rejects": (() => Promise.reject(new Error("listener failed"))) as () => unknown as WarningListener,
};

async function processWarning(): Promise<Error> {
  return new Promise((resolve) => {
    process.once("warning", resolve);
    onTestFinished(() => void process.off("warning", resolve));
  });
}

test.each(Object.entries(DEAF))(
  "a listener %s ends no save: who else listens hears it, and the process does",
  async (_, deaf) => {
    for (const which of ["owner", "watching"]) {
      const heard: string[] = [];
      const hears: WarningListener = ({ code }) => void heard.push(code);
      const warnings = new CacheWarnings(which === "owner" ? deaf : hears);
      warnings.watch(which === "owner" ? hears : deaf);
      const told = processWarning();
      warnings.warn(PLAIN);
      expect(heard, which).toEqual([PLAIN.code]);
      expect(await told, which).toMatchObject({ name: "EntradaWarning", message: PLAIN.message });
    }
  },
);
