import { globSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build, type Metafile } from "esbuild";
import { runProgram } from "../measure/run-program.ts";
import { row, type Row } from "../report/row.ts";
import { CACHE } from "../stage/folders.ts";
import type { Stage, Work } from "./work.ts";

const KB = 1000;
// CommonJS parts of either bundle call `require`, which an ES module has to make itself.
const REQUIRE = 'import{createRequire as c}from"node:module";const require=c(import.meta.url);';

interface Bundle {
  readonly total: number;
  /** The part that comes from the credential library's own packages. */
  readonly own: number;
  /** The part that comes from msal-node and the packages that it brings, which either bundle cannot be without. */
  readonly msal: number;
  /** Everything else, esbuild's own wrapping left out. */
  readonly rest: number;
}

/** An application with one DeviceCodeCredential, bundled and minified; the bundle then signs in. */
export const bundle: Work = {
  name: "bundle",
  async measure(stage: Stage): Promise<readonly Row[]> {
    const { applications } = stage;
    const round = {
      entrada: await bundled(stage, applications["entrada-device-code"], "device-code-entrada", "@entrada/"),
      identity: await bundled(stage, applications.identity, "device-code-identity", "@azure/identity/"),
    };
    return [
      row({
        work: "bundle: own code",
        unit: "kB",
        rounds: [round],
        entrada: ({ entrada }) => entrada.own / KB,
        peer: ({ identity }) => identity.own / KB,
        goal: { below: 30 },
        note: "the peer: @azure/identity alone, without the packages of its own that it is made of",
      }),
      row({
        work: "bundle: total",
        unit: "kB",
        rounds: [round],
        entrada: ({ entrada }) => entrada.total / KB,
        peer: ({ identity }) => identity.total / KB,
        goal: { ratioBelow: 0.7 },
        note: "both bundles sign in after that",
      }),
      row({
        work: "bundle: msal-node and what it brings",
        unit: "kB",
        rounds: [round],
        entrada: ({ entrada }) => entrada.msal / KB,
        peer: ({ identity }) => identity.msal / KB,
      }),
      row({
        work: "bundle: everything else",
        unit: "kB",
        rounds: [round],
        entrada: ({ entrada }) => entrada.rest / KB,
        peer: ({ identity }) => identity.rest / KB,
        note: "what either library adds to msal-node, with the packages that it takes for that",
      }),
    ];
  },
};

/** @throws Error where the bundle cannot sign in. */
async function bundled(
  { applications, authority }: Stage,
  application: string,
  program: string,
  own: string,
): Promise<Bundle> {
  const folder = join(CACHE, "bundles", program);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, "programs", `${program}.mjs`);
  const { metafile } = await build({
    absWorkingDir: application,
    entryPoints: [join(application, "programs", `${program}.mjs`)],
    outfile,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node20",
    banner: { js: REQUIRE },
    metafile: true,
    logLevel: "error",
  });
  const { environment, answer: onSaid } = authority;
  await runProgram({ application: folder, program, environment, onSaid });
  await authority.requests();
  return sizes(metafile, own, packagesIn(applications["msal-node"]));
}

function sizes({ outputs }: Metafile, own: string, ofMsal: readonly string[]): Bundle {
  const all = Object.values(outputs);
  const parts = all.flatMap(({ inputs }) => Object.entries(inputs));
  const bytesOf = (counts: (path: string) => boolean): number =>
    parts.filter(([path]) => counts(path)).reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
  const isOfMsal = (path: string): boolean => ofMsal.some((name) => path.includes(`node_modules/${name}`));
  return {
    total: all.reduce((sum, { bytes }) => sum + bytes, 0),
    own: bytesOf((path) => path.includes(`node_modules/${own}`)),
    msal: bytesOf(isOfMsal),
    rest: bytesOf((path) => !isOfMsal(path)),
  };
}

/** The folders of the packages that are installed there. */
function packagesIn(application: string): readonly string[] {
  return globSync(["*/package.json", "@*/*/package.json"], { cwd: join(application, "node_modules") }).map(
    (file) => file.replaceAll("\\", "/").replace(/package\.json$/, ""),
  );
}
