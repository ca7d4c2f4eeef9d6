/**
 * What the broker's own options are when they are not given; the others are in core. A test holds docstrings and tables
 * to these values.
 */
export const BROKER_OPTION_DEFAULTS: BrokerOptionDefaults = {
  parentWindowHandle: "console",
  useDefaultBrokerAccount: false,
  disableInteractiveFallback: false,
  browserFallback: "when-unavailable",
  legacyEnableMsaPassthrough: false,
};

export interface BrokerOptionDefaults {
  /** The window that shows this process's console. */
  readonly parentWindowHandle: "console";
  readonly useDefaultBrokerAccount: boolean;
  readonly disableInteractiveFallback: boolean;
  readonly browserFallback: "when-unavailable";
  readonly legacyEnableMsaPassthrough: boolean;
}
