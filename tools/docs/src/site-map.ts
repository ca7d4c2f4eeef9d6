/** A guide of the site, and the file of the repository that it is made from. */
export interface Guide {
  readonly title: string;
  /** The address on the site, without `.html`. */
  readonly route: string;
  /** From the root of the repository. */
  readonly source: string;
}

export interface Chapter {
  readonly title: string;
  readonly guides: readonly Guide[];
}

/** What every page's side bar shows, in the order in which a newcomer needs it. */
export const CHAPTERS: readonly Chapter[] = [
  {
    title: "Start",
    guides: [
      guide("Install and first sign-in", "getting-started"),
      guide("Ten common errors", "troubleshooting"),
      guide("Which credential where", "wsl-ssh-containers"),
    ],
  },
  {
    title: "Sign in",
    guides: [
      guide("In the browser", "interactive-browser"),
      guide("Through the Windows broker", "broker"),
      guide("With a device code", "device-code"),
      guide("In an Electron app", "electron"),
      guide("Bundling and shipping", "bundling"),
    ],
  },
  {
    title: "The command entrada",
    guides: [
      guide("Sign in at the terminal", "command-line"),
      ...[
        "login",
        "token",
        "accounts",
        "logout",
        "run",
        "credential-helper",
        "doctor",
        "explain",
        "app-setup",
        "completion",
      ].map((name) => guide(`entrada ${name}`, `command-line-${name}`)),
    ],
  },
  {
    title: "Go on",
    guides: [
      guide("Keep people signed in", "token-cache"),
      guide("Call an API without the SDK", "calling-an-api"),
      guide("Several accounts", "several-accounts"),
      guide("Sign out", "sign-out"),
      guide("Errors", "errors"),
      guide("Logs and traces", "logs-and-traces"),
      guide("Test with the emulator", "testing-with-the-emulator"),
      guide("Security", "security"),
      guide("Reliability", "reliability"),
      guide("Mutants", "mutants"),
      guide("Performance", "performance"),
    ],
  },
  {
    title: "Move over",
    guides: [
      guide("Migration", "migration"),
      guide("Coming from Python", "from-python"),
      { title: "Codemod", route: "packages/codemod", source: "packages/codemod/README.md" },
    ],
  },
  {
    title: "Build on it",
    guides: [
      guide("Architecture", "architecture"),
      guide("Write a flow", "writing-a-flow"),
      guide("Dependencies", "dependencies"),
    ],
  },
];

/** The packages whose README is a page. */
export const PACKAGES: readonly Guide[] = [
  aPackage("core"),
  aPackage("device-code"),
  aPackage("broker"),
  aPackage("auto"),
  aPackage("cli"),
  aPackage("cache"),
  aPackage("emulator"),
  aPackage("mcp"),
  { title: "@entrada/wam", route: "packages/wam", source: "native/README.md" },
];

/** The modules of the reference: the name that is imported, and where its exports are written. */
export const MODULES: Readonly<Record<string, string>> = {
  "@entrada/core": "packages/core/src/index.ts",
  "@entrada/core/browser": "packages/core/src/browser.ts",
  "@entrada/core/credential": "packages/core/src/credential.ts",
  "@entrada/core/flow": "packages/core/src/flow.ts",
  "@entrada/core/testing": "packages/core/src/testing.ts",
  "@entrada/core/tracing": "packages/core/src/tracing.ts",
  "@entrada/device-code": "packages/device-code/src/index.ts",
  "@entrada/broker": "packages/broker/src/index.ts",
  "@entrada/broker/msal-runtime": "packages/broker/src/msal-runtime.ts",
  "@entrada/auto": "packages/auto/src/index.ts",
  "@entrada/cache": "packages/cache/src/index.ts",
  "@entrada/cache/redis": "packages/cache/src/redis.ts",
  "@entrada/emulator": "packages/emulator/src/index.ts",
  "@entrada/mcp": "packages/mcp/src/index.ts",
  "@entrada/mcp/server": "packages/mcp/src/server.ts",
  "@entrada/wam": "native/src/index.ts",
  "@entrada/cli": "packages/cli/src/index.ts",
  "@entrada/codemod": "packages/codemod/src/index.ts",
};

function guide(title: string, name: string): Guide {
  return { title, route: `guides/${name}`, source: `docs/${name}.md` };
}

function aPackage(name: string): Guide {
  return { title: `@entrada/${name}`, route: `packages/${name}`, source: `packages/${name}/README.md` };
}
