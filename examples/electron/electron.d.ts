// The few declarations of Electron that this example uses, so that it is type-checked here without its 100 MB.
// An application of yours has Electron's own types: leave this file out.
declare module "electron" {
  export const app: {
    whenReady(): Promise<void>;
    on(event: "window-all-closed", listener: () => void): void;
    quit(): void;
  };
  export class BrowserWindow {
    constructor(options: {
      readonly width: number;
      readonly height: number;
      readonly webPreferences: { readonly preload: string; readonly sandbox: boolean };
    });
    /** HWND on Windows: as many bytes as a pointer has, little endian. */
    getNativeWindowHandle(): Buffer;
    loadFile(file: string): Promise<void>;
    on(event: "closed", listener: () => void): void;
  }
  export const ipcMain: {
    handle(channel: string, listener: (event: unknown, ...args: readonly unknown[]) => unknown): void;
  };
  export const shell: { openExternal(url: string): Promise<void> };
}
