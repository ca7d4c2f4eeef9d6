import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type ExtractorMessage,
} from "@microsoft/api-extractor";
import type { PublicEntry } from "./public-entries.ts";

/**
 * The public surface of an entry point, as a report that can be read and compared.
 * @throws Error where its declarations cannot be read: build the packages first
 */
export function extractReport({ specifier, folder, declarations }: PublicEntry): string {
  const place = mkdtempSync(join(tmpdir(), "api-report-"));
  const problems: string[] = [];
  try {
    mkdirSync(join(place, "report"));
    const config = ExtractorConfig.prepare({
      configObject: configuration(folder, declarations, place),
      configObjectFullPath: undefined,
      packageJsonFullPath: join(folder, "package.json"),
    });
    Extractor.invoke(config, { localBuild: true, messageCallback: (message) => collect(message, problems) });
    if (problems.length > 0) throw new Error(`${specifier}:\n${problems.join("\n")}`);
    return readFileSync(join(place, "report", "report.api.md"), "utf8").replaceAll("\r\n", "\n");
  } finally {
    rmSync(place, { recursive: true });
  }
}

function configuration(folder: string, declarations: string, place: string) {
  return {
    projectFolder: folder,
    mainEntryPointFilePath: declarations,
    newlineKind: "lf" as const,
    compiler: {
      overrideTsconfig: {
        compilerOptions: {
          target: "es2022",
          lib: ["es2023", "esnext.disposable"],
          module: "nodenext",
          moduleResolution: "nodenext",
          strict: true,
          skipLibCheck: true,
          types: ["node"],
        },
        files: [declarations],
      },
    },
    apiReport: {
      enabled: true,
      reportFileName: "report",
      reportFolder: join(place, "report"),
      reportTempFolder: join(place, "temp"),
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    messages: {
      // Everything here is public; the docstrings are not written in the dialect of release tags.
      extractorMessageReporting: {
        default: { logLevel: ExtractorLogLevel.Warning, addToApiReportFile: true },
        "ae-missing-release-tag": { logLevel: ExtractorLogLevel.None },
        // What has no docstring is marked in the report anyway. A list with line numbers would change with every edit.
        "ae-undocumented": { logLevel: ExtractorLogLevel.None },
      },
      tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
    },
  };
}

/** An error is ours to throw; the rest belongs into the report or is about the tool itself. */
function collect(message: ExtractorMessage, problems: string[]): void {
  if (message.logLevel === ExtractorLogLevel.Error)
    problems.push(message.formatMessageWithLocation(undefined));
  message.handled = true;
}
