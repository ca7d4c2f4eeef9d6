// decrypt.mjs FOLDER: what a second process cannot do without: reads the cache file that cached-entrada.mjs made,
// decrypts it, and takes the one token out of it. The format of the file is in packages/cache (sealed-format).
import { createDecipheriv } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { KEY } from "./fixed-key.mjs";
import { say } from "./say.mjs";

const folder = `${process.argv[2]}/bench.accounts`;
const file = readFileSync(`${folder}/${readdirSync(folder).find((each) => /^[0-9a-f]{40}$/.test(each))}`);
const header = file.subarray(0, 64);
const decipher = createDecipheriv("aes-256-gcm", KEY.bytes, header.subarray(36, 48), { authTagLength: 16 });
decipher.setAAD(header).setAuthTag(file.subarray(-16));
const text = decipher.update(file.subarray(64, -16), undefined, "utf8") + decipher.final("utf8");
const account = JSON.parse(text.slice(text.indexOf("\n") + 1));
const [token] = Object.values(account.tokens);
if (typeof token.token !== "string") throw new Error("There is no token in the cache");
say("token");
process.exit();
