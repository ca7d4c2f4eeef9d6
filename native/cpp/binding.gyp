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
        "NOMINMAX",
        "UNICODE",
        "_UNICODE",
      ],
      "libraries": ["-lruntimeobject.lib", "-lole32.lib", "-luser32.lib", "-ladvapi32.lib"],
      # Electron's executable is not called node.exe: the hook finds whoever loads the addon.
      "win_delay_load_hook": "true",
      "msvs_settings": {
        "VCCLCompilerTool": {
          "RuntimeLibrary": 0,  # /MT: no redistributable is needed
          "ExceptionHandling": 1,  # /EHsc
          "WarningLevel": 4,
          "TreatWarningAsError": "true",
          "LanguageStandard": "stdcpp17",
          "ControlFlowGuard": "Guard",
          "AdditionalOptions": ["/guard:cf", "/permissive-", "/utf-8"],
        },
        "VCLinkerTool": {
          # The system's own DLLs and nothing beside the addon; the same input gives the same file.
          "AdditionalOptions": ["/guard:cf", "/DEPENDENTLOADFLAG:0x800", "/Brepro"],
        },
      },
    }
  ]
}
