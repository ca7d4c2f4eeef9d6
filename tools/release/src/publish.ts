// `npm run release:publish FOLDER`: publishes the very tarballs that passed the rehearsal, and tags them. The registry
// and the right to publish come from the surroundings: in the release workflow a short-lived identity, no token.
import { checkSeal } from "./packed-folder.ts";
import { run } from "./run.ts";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new TypeError("Which folder? node publish.ts FOLDER");
checkSeal(folder);
console.log(await run("changeset", ["publish", "--from-pack-dir", folder], { cwd: process.cwd() }));
