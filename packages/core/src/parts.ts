// What other packages of the family take into a file of their own, so that importing them reads no file for it. Nothing
// here has an identity: that there are two copies of it in a process changes nothing.
export { isIssuerOf, isOnAuthority } from "./authority/authority-names.ts";
export { browserChoices, browserOptionNames } from "./browser/browser-options.ts";
export { lazyTokenCache } from "./cache/lazy-token-cache.ts";
export { ownsRuntimeBus } from "./dbus/runtime-bus.ts";
export { hasInterop, isSet, isWsl, sshSession } from "./surroundings/signs.ts";
