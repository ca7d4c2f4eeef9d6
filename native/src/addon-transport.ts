import type { WamAddon, WamAddonError } from "./wam-addon.ts";
import { WamError } from "./wam-error.ts";
import type { WamTransport } from "./wam-transport.ts";
import { windowHandleValue } from "./window-handle.ts";

/** The native module as a {@link WamTransport}: handles become numbers on the way in, failures {@link WamError}s on the way out. */
export function addonTransport(addon: WamAddon): WamTransport {
  return {
    probe: () => addon.probe(),
    defaultAccountKind: (operation) => settled(() => addon.defaultAccountKind(operation)),
    request: (request) => settled(() => addon.request(withHandleValue(request))),
    listAccounts: (operation) => settled(() => addon.listAccounts(operation)),
    findAccount: (operation) => settled(() => addon.findAccount(operation)),
    signOut: (operation) => settled(() => addon.signOut(operation)),
    pickProvider: (operation) => settled(() => addon.pickProvider(withHandleValue(operation))),
    cancel: (operationId) => addon.cancel(operationId),
    resolveWindowHandle: (handle) => addon.resolveWindow(windowHandleValue(handle)),
  };
}

// `await` here and not in the native module, so that the error's stack names the caller.
async function settled<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw isAddonError(error) ? wamErrorOf(error) : error;
  }
}

function withHandleValue<T extends { readonly windowHandle?: Parameters<typeof windowHandleValue>[0] }>(
  operation: T,
): Omit<T, "windowHandle"> & { readonly windowHandle: bigint } {
  return { ...operation, windowHandle: windowHandleValue(operation.windowHandle) };
}

function isAddonError(error: unknown): error is WamAddonError {
  return error instanceof Error && "step" in error && "code" in error;
}

function wamErrorOf({ code, step, hresult }: WamAddonError): WamError {
  return new WamError({ code, step, ...(hresult === undefined ? {} : { hresult }) });
}
