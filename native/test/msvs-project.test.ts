import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";

const native = fileURLToPath(new URL("..", import.meta.url));
const nodeGyp = dirname(createRequire(import.meta.url).resolve("node-gyp/package.json"));
const headers = join(dirname(dirname(process.execPath)), "include", "node", "common.gypi");
const hasPython = spawnSync("python3", ["--version"]).status === 0;

// What `node-gyp configure` finds out about the machine.
const machine = {
  target_defaults: { default_configuration: "Release" },
  variables: {
    target_arch: "x64",
    host_arch: "x64",
    node_shared: "false",
    node_use_openssl: "true",
    clang: 0,
    asan: 0,
    llvm_version: "0.0",
    is_debug: 0,
    enable_lto: "false",
    enable_thin_lto: "false",
    coverage: "false",
    v8_enable_i18n_support: 1,
    v8_enable_inspector: 1,
    standalone_static_library: 0,
    OS: "win",
    library: "shared_library",
    visibility: "default",
    build_v8_with_gn: "false",
    node_engine: "v8",
    node_root_dir: "/node",
    node_lib_file: "node.lib",
    node_gyp_dir: nodeGyp,
    module_root_dir: native,
  },
};

describe.runIf(hasPython && existsSync(headers))(
  "the project that node-gyp makes for Microsoft's compiler",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "msvs-"));
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    test("has the sources, the hook for renamed executables, and a release that needs no runtime DLL", () => {
      const cpp = join(folder, "native", "cpp");
      cpSync(join(native, "cpp"), cpp, { recursive: true, filter: (path) => !path.endsWith("build") });
      const settings = join(folder, "machine.gypi");
      writeFileSync(settings, JSON.stringify(machine));
      const { status, stdout, stderr } = spawnSync(
        "python3",
        [
          join(native, "test", "msvs", "write-project.py"),
          join(nodeGyp, "gyp", "pylib"),
          join(folder, "project"),
          "binding.gyp",
          "-I",
          join(nodeGyp, "addon.gypi"),
          "-I",
          headers,
          "-I",
          settings,
          "--depth=.",
          "--no-parallel",
        ],
        // binding.gyp asks Node.js where node-addon-api is.
        { cwd: cpp, encoding: "utf8", env: { ...process.env, NODE_PATH: join(native, "node_modules") } },
      );
      expect(status, stdout + stderr).toBe(0);

      const sources = Array.from(
        stdout.matchAll(/<ClCompile Include="[^"]*?(\w+\.cc)"/g),
        ([, name]) => name,
      );
      const own = readdirSync(join(native, "cpp")).filter((name) => name.endsWith(".cc"));
      expect(new Set(sources)).toEqual(new Set([...own, "win_delay_load_hook.cc"]));
      const release = stdout.slice(
        stdout.indexOf("<ItemDefinitionGroup Condition=\"'$(Configuration)|$(Platform)'=='Release|"),
      );
      expect(release).toContain("<RuntimeLibrary>MultiThreaded</RuntimeLibrary>");
      expect(release).toContain("<WarningLevel>Level4</WarningLevel>");
      expect(release).toContain("<TreatWarningAsError>true</TreatWarningAsError>");
      expect(release).toContain("<ExceptionHandling>Sync</ExceptionHandling>");
      expect(release).toContain("<DelayLoadDLLs>node.exe;");
      expect(release).toMatch(/<AdditionalOptions>[^<]*-std:c\+\+(17|20)[^<]*\/guard:cf/);
      expect(release).toMatch(/<AdditionalOptions>[^<]*\/guard:cf \/DEPENDENTLOADFLAG:0x800[^<]*\/Brepro/);
      expect(release).toMatch(/NAPI_VERSION=8;/);
      expect(release).toMatch(/runtimeobject\.lib/);
    });
  },
);
