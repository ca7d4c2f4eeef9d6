import { existsSync } from "node:fs";
import { join } from "node:path";
import { Application, type DeclarationReflection, type ProjectReflection } from "typedoc";
import type { PluginOptions } from "typedoc-plugin-markdown";
import { PAGES, REPOSITORY, ROOT, SITE } from "./site-folders.ts";
import { MODULES } from "./site-map.ts";

/**
 * Writes the reference as Markdown, from the docstrings of everything that is exported.
 * @returns the names of the modules that are in it
 * @throws Error when the compiler or typedoc finds something wrong
 */
export async function writeReference(): Promise<readonly string[]> {
  const modules = Object.entries(MODULES).filter(([, entry]) => existsSync(join(ROOT, entry)));
  const markdown: Partial<PluginOptions> = {
    entryFileName: "index",
    hidePageHeader: true,
    hideBreadcrumbs: true,
    useCodeBlocks: true,
    parametersFormat: "table",
    interfacePropertiesFormat: "list",
    expandObjects: true,
    sanitizeComments: true,
  };
  const app = await Application.bootstrapWithPlugins({
    name: "Reference",
    readme: "none",
    entryPoints: modules.map(([, entry]) => join(ROOT, entry)),
    tsconfig: join(SITE, "tsconfig.reference.json"),
    plugin: ["typedoc-plugin-markdown"],
    out: join(PAGES, "reference"),
    basePath: ROOT,
    sourceLinkTemplate: `${REPOSITORY}/blob/main/{path}#L{line}`,
    disableGit: true,
    excludePrivate: true,
    excludeInternal: true,
    excludeExternals: true,
    sort: ["kind", "source-order"],
    sortEntryPoints: false,
    // Our defaults are sentences as often as they are code.
    jsDocCompatibility: { defaultTag: false },
    logLevel: "Warn",
    validation: { notExported: false, invalidLink: true, rewrittenLink: true, notDocumented: false },
    ...markdown,
  });
  const project = await app.convert();
  if (project === undefined) throw new Error("The sources of the reference do not compile.");
  nameModules(
    project,
    modules.map(([name, entry]) => [join(ROOT, entry), name]),
  );
  app.validate(project);
  await app.generateOutputs(project);
  if (app.logger.hasErrors()) throw new Error("The reference could not be written.");
  return modules.map(([name]) => name);
}

/** Calls each module what its users import. */
function nameModules(project: ProjectReflection, names: readonly (readonly [string, string])[]): void {
  const nameOf = new Map(names);
  for (const module of (project.children ?? []) as readonly DeclarationReflection[]) {
    const name = nameOf.get(module.sources?.[0]?.fullFileName ?? "");
    if (name === undefined) throw new Error(`No name for the module ${module.name}.`);
    module.name = name;
  }
}
