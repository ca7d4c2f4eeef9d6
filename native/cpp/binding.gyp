# Release binaries: MSVC through node-gyp. It lies here and not in the package's root, where npm and pnpm would build it
# at every install.
{
  "targets": [
    {
      "target_name": "wam",
      "sources": [
        "accounts.cc",
        "accounts_pane.cc",
        "addon.cc",
        "classes.cc",
        "job_queue.cc",
        "js_read.cc",
        "js_write.cc",
        "owned_window.cc",
        "picker.cc",
        "probe.cc",
        "providers.cc",
        "read_values.cc",
        "session.cc",
        "system_facts.cc",
        "task.cc",
        "token_request.cc",
        "window.cc",
        "worker.cc",
      ],
      "include_dirs": ["<!(node -p \"require('node-addon-api').include_dir\")"],
      "defines": [
        "NAPI_VERSION=8",
        "NAPI_CPP_EXCEPTIONS",
        "NODE_ADDON_API_CPP_EXCEPTIONS_ALL",
        # What cannot be thrown into an environment that is being terminated is dropped; else it ends the process.
        "NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS",
        "NOMINMAX",
        "UNICODE",
        "_UNICODE",
      ],
      # Node's own build does without exceptions; this one has them.
      "defines!": ["_HAS_EXCEPTIONS=0"],
      "libraries": ["-lruntimeobject.lib", "-lole32.lib", "-luser32.lib", "-ladvapi32.lib"],
      # Electron's executable is not called node.exe: the hook finds whoever loads the addon.
      "win_delay_load_hook": "true",
      # Per configuration, because Node's own settings are and would win.
      "configurations": {
        "Release": {
          "msvs_settings": {
            "VCCLCompilerTool": {
              "RuntimeLibrary": 0,  # /MT: no redistributable is needed
              "ExceptionHandling": 1,  # /EHsc
              "RuntimeTypeInfo": "true",
              "WarningLevel": 4,
              "WarnAsError": "true",
              # Small rather than fast: it waits for Windows nearly all of the time.
              "Optimization": 1,
              "FavorSizeOrSpeed": 2,
              "InlineFunctionExpansion": 1,
              # The language is what Node's headers ask for, C++17 or newer. Warnings are for our own files.
              "AdditionalOptions": ["/guard:cf", "/permissive-", "/utf-8", "/external:anglebrackets", "/external:W0"],
            },
            "VCLinkerTool": {
              "AdditionalOptions": [
                "/guard:cf",
                # What the addon imports comes from the system's folder, never from beside it.
                "/DEPENDENTLOADFLAG:0x800",
                # The same input gives the same file, without the path of the machine that built it.
                "/Brepro",
                "/PDBALTPATH:wam.pdb",
                "/OPT:REF",
                "/OPT:ICF",
                "/INCREMENTAL:NO",
              ],
            },
          },
        },
      },
    }
  ]
}
