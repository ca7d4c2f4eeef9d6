// Written by tools/docs/src/write-foreign-options.ts from core's table of the names that options are refused by: the
// codemod is run where nothing of Entrada is installed.

/** What to write instead of an option of `@azure/identity`. */
export const REFUSED_OPTIONS: Readonly<Record<string, string>> = {
  tokenCachePersistenceOptions: "tokenCache, such as persistentTokenCache({ name }) of @entrada/cache",
  brokerOptions: "InteractiveBrowserBrokerCredential of @entrada/broker, whose own options these are",
  nativeBrokerPlugin: "InteractiveBrowserBrokerCredential of @entrada/broker, and tokenCache",
  cachePersistencePlugin: "InteractiveBrowserBrokerCredential of @entrada/broker, and tokenCache",
  loggingOptions: "onEvent, or the variable AZURE_LOG_LEVEL",
  logger: "onEvent, or the variable AZURE_LOG_LEVEL",
  additionalAllowedHeaderNames: "none: headers and addresses are never logged",
  additionalAllowedQueryParameters: "none: headers and addresses are never logged",
  allowLoggingAccountIdentifiers:
    "none: accounts and tokens are never logged; the event done has the user name",
  enableUnsafeSupportLogging: "none: accounts and tokens are never logged; the event done has the user name",
  httpClient: "fetch",
  additionalPolicies: "fetch",
  agent: "fetch",
  customHeaders: "fetch",
  userAgentOptions: "fetch",
  telemetryOptions: "fetch",
  proxyOptions: "HTTPS_PROXY and NO_PROXY in the environment, or fetch",
  tlsOptions: "NODE_EXTRA_CA_CERTS in the environment, or fetch",
  retryOptions:
    "none: what may be repeated is repeated up to three times; requestTimeoutInMs limits each request",
  maxRetries:
    "none: what may be repeated is repeated up to three times; requestTimeoutInMs limits each request",
  maxRetryDelayInMs:
    "none: what may be repeated is repeated up to three times; requestTimeoutInMs limits each request",
  retryDelayInMs:
    "none: what may be repeated is repeated up to three times; requestTimeoutInMs limits each request",
  redirectOptions: "none: no redirect of the authority is followed",
  allowInsecureConnection: "none: https: only",
  enabled: "none: what is called or constructed is switched on by that",
  unsafeAllowUnencryptedStorage: 'protection: "prefer", which encrypts where there is a keyring',
  managedIdentityClientId: "none: only people sign in; see the credentials of @azure/identity",
  workloadIdentityClientId: "none: only people sign in; see the credentials of @azure/identity",
  processTimeoutInMs: "none: only people sign in; see the credentials of @azure/identity",
  loginStyle: "none: this is Node.js; for web pages keep @azure/identity",
  flow: "none: this is Node.js; for web pages keep @azure/identity",
  username: "loginHint of the credential",
  user: "loginHint of the credential",
  email: "loginHint of the credential",
  upn: "loginHint of the credential",
  password: "none: a person signs in, and a program that people have keeps no secret",
  certificatePath: "none: a person signs in, and a program that people have keeps no secret",
  certificate: "none: a person signs in, and a program that people have keeps no secret",
  clientSecret: "none: a person signs in, and a program that people have keeps no secret",
  clientAssertion: "none: a person signs in, and a program that people have keeps no secret",
  clientCertificate: "none: a person signs in, and a program that people have keeps no secret",
  authorizationCode: "none: a person signs in, and a program that people have keeps no secret",
  userAssertionToken: "none: a person signs in, and a program that people have keeps no secret",
};
