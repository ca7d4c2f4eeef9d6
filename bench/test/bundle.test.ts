import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";

const folder = fileURLToPath(new URL(".", import.meta.url));

interface Bundled {
  readonly total: number;
  /** The part that comes from our packages. */
  readonly own: number;
  readonly msal: number;
}

/** An application with one DeviceCodeCredential, minified, in bytes. */
async function bundled(from: string): Promise<Bundled> {
  const { metafile } = await build({
    stdin: {
      contents: `import { DeviceCodeCredential } from "${from}"; console.log(new DeviceCodeCredential());`,
      resolveDir: folder,
    },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node20",
    write: false,
    outfile: "bundle.mjs",
    metafile: true,
    absWorkingDir: folder,
  });
  const [output] = Object.values(metafile.outputs);
  const parts = Object.entries(output!.inputs);
  const bytesOf = (pattern: RegExp): number =>
    parts
      .filter(([path]) => pattern.test(path))
      .reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
  return {
    total: output!.bytes,
    own: bytesOf(/packages\/[^/]+\/dist\//),
    msal: bytesOf(/@azure\/msal-/),
  };
}

test("an application's bundle takes msal-node along, and no more than what @azure/identity makes of it", async () => {
  const [ours, theirs] = await Promise.all([bundled("@entrada/device-code"), bundled("@azure/identity")]);
  expect(ours.msal).toBeGreaterThan(100_000);
  expect(ours.total).toBeLessThan(theirs.total);
  // Today's figure, and a fiftieth of room.
  expect(ours.own).toBeLessThan(127_500);
});
