import { expect, test } from "vitest";
import { recordPage } from "./recorded-page.ts";

// To write what the commands print now into the pages: ENTRADA_RECORD=1 npx vitest run --project cli recorded-pages
const PAGES = ["command-line.md", "command-line-programs.md", "command-line-doctor.md"];

test.runIf(process.platform === "linux").each(PAGES)(
  "docs/%s shows what the command prints",
  async (name) => {
    const page = await recordPage(name);
    if (process.env["ENTRADA_RECORD"] === "1") page.save();
    else expect(page.recorded).toBe(page.written);
  },
);
