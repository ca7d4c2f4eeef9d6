// Two copies of the binary in one process, as where two versions of the package are installed.
import { copyFileSync, mkdtempSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { addonTransport } from "../../../src/addon-transport.ts";
import type { WamAddon } from "../../../src/wam-addon.ts";
import { operationId, silent, transport } from "../fake-wam.ts";

const original = fileURLToPath(new URL("../../../prebuilds/win32-x64/wam.node", import.meta.url));
const copy = join(mkdtempSync(join(tmpdir(), "wam-")), "wam.node");
copyFileSync(original, copy);
const other = addonTransport(createRequire(import.meta.url)(copy) as WamAddon);

const request = silent({ operationId: operationId() });
// The same number names an operation of its own in each copy.
const answers = await Promise.all([transport, other].map((wam) => wam.request(request)));
console.log(answers.map(({ status }) => status).join(" "));
