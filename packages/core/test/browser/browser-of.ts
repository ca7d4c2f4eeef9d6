import { join } from "node:path";
import {
  type OpenBrowser,
  systemBrowser,
  type SystemBrowserCollaborators,
} from "../../src/browser/open-browser.ts";
import type { FakeBrowsers } from "./fake-browser.ts";

/** The system's browser of a machine with nothing but the fake ones. */
export function browserOf(fakes: FakeBrowsers, more: SystemBrowserCollaborators = {}): OpenBrowser {
  return systemBrowser({
    platform: "linux",
    env: {
      PATH: `${fakes.folder}:/usr/bin:/bin`,
      DISPLAY: ":0",
      BROWSER: `'${join(fakes.folder, "browser")}'`,
    },
    readText: () => undefined,
    ...more,
  });
}
