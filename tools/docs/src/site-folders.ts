import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const ROOT: string = fileURLToPath(new URL("../../..", import.meta.url));
/** The folder of this package. */
export const SITE: string = join(ROOT, "tools/docs");
/** The Markdown that the site is made from; written anew by each build. */
export const PAGES: string = join(SITE, ".cache/pages");
/** The site. */
export const DIST: string = join(SITE, "dist");
/** Where files that are no page of the site can be read. */
export const REPOSITORY = "https://github.com/entrada-auth/entrada";
