/** Options of other libraries, and where their place is taken. */
export interface ForeignOptions {
  /** Whose they are, as people say it. */
  readonly of: string;
  /** One meaning each: the names that have it, and what to write here. Code stands between single quotes. */
  readonly rows: readonly { readonly names: readonly string[]; readonly instead: string }[];
}

// The names that people bring with them, and what to write instead: for the error that refuses one, for docs/migration.md
// and for the codemod, which all read it here. "none:" tells why there is nothing in its place. It is a text, because a
// text costs the start of a program nothing; it is read when a name is refused.
const TABLE = `
# @azure/identity
tokenCachePersistenceOptions | 'tokenCache', such as 'persistentTokenCache({ name })' of @entrada/cache
brokerOptions | 'InteractiveBrowserBrokerCredential' of @entrada/broker, whose own options these are
nativeBrokerPlugin, cachePersistencePlugin | 'InteractiveBrowserBrokerCredential' of @entrada/broker, and 'tokenCache'
loggingOptions, logger | 'onEvent', or the variable 'AZURE_LOG_LEVEL'
additionalAllowedHeaderNames, additionalAllowedQueryParameters | none: headers and addresses are never logged
allowLoggingAccountIdentifiers, enableUnsafeSupportLogging | none: accounts and tokens are never logged; the event 'done' has the user name
httpClient, additionalPolicies, agent, customHeaders, userAgentOptions, telemetryOptions | 'fetch'
proxyOptions | 'HTTPS_PROXY' and 'NO_PROXY' in the environment, or 'fetch'
tlsOptions | 'NODE_EXTRA_CA_CERTS' in the environment, or 'fetch'
retryOptions, maxRetries, maxRetryDelayInMs, retryDelayInMs | none: what may be repeated is repeated up to three times; 'requestTimeoutInMs' limits each request
redirectOptions | none: no redirect of the authority is followed
allowInsecureConnection | none: 'https:' only
enabled | none: what is called or constructed is switched on by that
unsafeAllowUnencryptedStorage | 'protection: "prefer"', which encrypts where there is a keyring
managedIdentityClientId, managedIdentityResourceId, managedIdentityObjectId, objectId, workloadIdentityClientId, tokenFilePath, enableAzureProxy, requiredEnvVars, processTimeoutInMs | none: only people sign in; see the credentials of @azure/identity
loginStyle, flow | none: this is Node.js; for web pages keep @azure/identity
username, user, email, upn | 'loginHint' of the credential
password, certificatePath, certificate, certificatePassword, sendCertificateChain, clientSecret, clientAssertion, getAssertion, clientCertificate, authorizationCode, userAssertion, userAssertionToken | none: a person signs in, and a program that people have keeps no secret

# MSAL
auth | 'clientId', 'tenantId' and 'authorityHost', options of the credential itself
azureCloudOptions, azureCloudInstance, azureCloud, instanceAware, multiCloudSupport, multiCloudSupportEnabled | 'authorityHost', one of 'AzureAuthorityHosts'
knownAuthorities, validateAuthority | 'disableInstanceDiscovery: true'
cloudDiscoveryMetadata, authorityMetadata, skipAuthorityMetadataCache | none: the authority is asked once, and only its own host is believed
clientCapabilities, cp1 | 'enableCae: true' of 'getToken'
isMcp, resource, resourceId, audience | none: the scopes of 'getToken' name the resource
broker | 'InteractiveBrowserBrokerCredential' of @entrada/broker; to stay on msal-node, its 'WamBrokerPlugin'
cache, cachePlugin, msalCachePlugin, persistentCache, enablePersistentCache, persistence, persistenceConfiguration, cachePersistence, cacheOptions | 'tokenCache', such as 'persistentTokenCache({ name })' of @entrada/cache
system, networkClient, httpAgent, httpsAgent, dispatcher, customAgentOptions, proxyUrl | 'fetch'
loggerOptions, loggerCallback, logCallback, log, verbose, debug, logLevel, piiLoggingEnabled | 'onEvent', or the variable 'AZURE_LOG_LEVEL'
disableInternalRetries | none: what may be repeated is repeated up to three times
protocolMode | none: Entra ID only
application, appName | 'applicationName' of the credential
telemetry, appVersion, clientVersion, onlySendFailureTelemetry | none: nothing is measured and nothing sent
scopes, scope | the first argument of 'getToken' and 'authenticate'
correlationId | none: made for each call; an error has it
account, accountId, homeAccountId, localAccountId, silentAccount | 'authenticationRecord' of the credential
interactive, silent | 'disableAutomaticAuthentication' of the credential, with which 'getToken' never asks a person
forceRefresh, refreshTokenExpirationOffsetSeconds, cacheLookupPolicy | none: tokens are renewed before they expire, and by a claims challenge
preferredPort, port, redirectPort, callbackPort, listenPort | 'redirectUri' with a port, such as 'http://localhost:8400', which is fixed then
successTemplate, errorTemplate, successPage, errorPage, successHtml, errorHtml | 'browserCustomizationOptions'
sid, domainHint, accountHint, preferredUsername | 'loginHint'
cacheName, tokenCacheName | 'name' of 'persistentTokenCache' in @entrada/cache, which makes a 'tokenCache'
cacheDirectory, cachePath, cacheFile, cacheLocation, folder, dir | 'directory' of 'persistentTokenCache' in @entrada/cache, which makes a 'tokenCache'
cacheFileName, cacheFilePath | 'name' and 'directory' of 'persistentTokenCache' in @entrada/cache, which makes a 'tokenCache'
keychainService, keychainAccount, keychain, keyring, keyringService, serviceName, accountName, macKeychain, linuxKeyring, iosKeychainSecurityGroup | none: 'persistentTokenCache({ name })' of @entrada/cache names its entry in the keyring itself
dataProtectionScope | none: a cache is of one user and one machine
usePlaintextFileOnLinux, unprotectedFile, linuxUnprotectedFile, linuxUseUnprotectedFileAsCacheStorage, unencryptedStorageAllowed, allowUnencryptedCache, unencrypted, unencryptedCache, allowUnencrypted, allowPlaintext | 'protection: "prefer"', which encrypts where there is a keyring
lockFilePath, lockRetry, retryNumber, retryDelay | 'lockTimeoutInMs' of 'persistentTokenCache' in @entrada/cache
browserTimeout, interactiveTimeout, loginTimeout, httpPollingTimeout | 'timeoutInMs' of the credential and of 'authenticate', in milliseconds
extraScopesToConsent | 'authenticate' with the scopes of each resource
state, nonce, codeChallenge, codeChallengeMethod, codeVerifier, responseMode, responseType, pkceCodes, pkce | none: made anew for each sign-in, and checked
extraQueryParameters, extraParameters, attributeTokens, scenarioId, tokenQueryParameters, tokenBodyParameters | none: a request has what the protocol needs
windowHandle | 'parentWindowHandle' of 'InteractiveBrowserBrokerCredential' in @entrada/broker
deviceCodeCallback, onDeviceCode, onUserCode, deviceCodeProvider, deviceCodePrompt | 'userPromptCallback' of 'DeviceCodeCredential' in @entrada/device-code
timeout | 'timeoutInMs' of the credential and of 'authenticate', in milliseconds: MSAL and Python count seconds
cancel, signal, abortController | 'abortSignal' of 'getToken' and 'authenticate'
authenticationScheme, shrClaims, shrNonce, shrOptions, resourceRequestMethod, resourceRequestUri, httpMethod, popKid, sshJwk, sshKid, proofOfPossession | none: bearer tokens only
embeddedClientId, platformBroker, skipBrokerClaims, earJwk, redirectBridgeMessages, storeInCache, preventCorsPreflight, redirectStartPage, onRedirectNavigate, experimentalFeatures | none
loopbackClient | 'openBrowser' and 'redirectUri'

# Python
authority | 'authorityHost', an origin such as 'https://login.microsoftonline.com'; the tenant is 'tenantId'
tenant_id | 'tenantId', by default "organizations"
client_id | 'clientId'
additionally_allowed_tenants | 'additionallyAllowedTenants'
authentication_record | 'authenticationRecord'
disable_automatic_authentication | 'disableAutomaticAuthentication'
disable_instance_discovery, instance_discovery, validate_authority | 'disableInstanceDiscovery'
cache_persistence_options, token_cache, _cache | 'tokenCache', such as 'persistentTokenCache({ name })' of @entrada/cache
allow_unencrypted_storage | 'protection: "prefer"', which encrypts where there is a keyring
allow_unencrypted | 'protection: "prefer"', which encrypts where there is a keyring
service_name, account_name, schema_name, keyring_collection, keyring_label | none: 'persistentTokenCache({ name })' of @entrada/cache names its entry in the keyring itself
signal_location | none: programs that share a cache see what the others have kept
interactive_browser_client_id | 'clientId'
interactive_browser_tenant_id, shared_cache_tenant_id, visual_studio_code_tenant_id | 'tenantId'
shared_cache_username | 'loginHint' of the credential
exclude_cli_credential, exclude_developer_cli_credential, exclude_environment_credential, exclude_managed_identity_credential, exclude_powershell_credential, exclude_shared_token_cache_credential, exclude_visual_studio_code_credential, exclude_workload_identity_credential | none: only people sign in; 'signIn' of 'AutoCredential' in @entrada/auto lists the ways
identity_config, user_assertion, certificate_data, refresh_token, auth_code_flow, auth_response | none: a person signs in, and a program that people have keeps no secret
enable_support_logging, logging_enable, enable_pii_log, logging_body, http_logging_policy, network_trace_logging | none: accounts and tokens are never logged; 'onEvent' tells each step
login_hint | 'loginHint'
domain_hint | 'loginHint'
redirect_uri | 'redirectUri'
prompt_callback | 'userPromptCallback' of 'DeviceCodeCredential' in @entrada/device-code
auth_uri_callback | 'openBrowser' of 'InteractiveBrowserCredential'
parent_window_handle, console_window_handle | 'parentWindowHandle' of 'InteractiveBrowserBrokerCredential' in @entrada/broker
use_default_broker_account | 'useDefaultBrokerAccount' of 'InteractiveBrowserBrokerCredential' in @entrada/broker
enable_msa_passthrough | 'legacyEnableMsaPassthrough' of 'InteractiveBrowserBrokerCredential' in @entrada/broker
allow_broker, enable_broker, use_broker, broker_enabled, use_wam, wam, enable_broker_on_windows, enable_broker_on_mac, enable_broker_on_linux, enable_broker_on_wsl | 'InteractiveBrowserBrokerCredential' of @entrada/broker
connection_timeout, read_timeout | 'requestTimeoutInMs' of the credential, in milliseconds: Python counts seconds
connection_verify, connection_cert, verify, ca, ca_file, ca_bundle, reject_unauthorized, strict_ssl | 'NODE_EXTRA_CA_CERTS' in the environment, or 'fetch'
proxies, proxy, http_proxy, https_proxy | 'HTTPS_PROXY' and 'NO_PROXY' in the environment, or 'fetch'
transport, http_client, http_cache, user_agent, headers, policies, custom_hook_policy | 'fetch'
retry_total, retry_mode, retry_status, retry_connect, retry_read, retry_backoff_factor, retry_backoff_max | none: what may be repeated is repeated up to three times
permit_redirects, redirect_max | none: no redirect of the authority is followed
exit_condition | 'abortSignal' of 'getToken' and 'authenticate'
tracing_attributes | 'tracedCredential' of @entrada/core/tracing
claims_challenge | 'claims' of 'getToken' and 'authenticate'
enable_cae | 'enableCae' of 'getToken'
client_capabilities | 'enableCae: true' of 'getToken'
client_credential, client_claims, secret, pfx, private_key | none: a person signs in, and a program that people have keeps no secret
app_name | 'applicationName' of the credential
process_timeout | none: only people sign in; see the credentials of @azure/identity
app_version, welcome_template, azure_region, exclude_scopes, max_age, auth_scheme, oidc_authority, on_before_launching_ui | none

# .NET, Java and Go
cancellationToken | 'abortSignal' of 'getToken' and 'authenticate'
isCaeEnabled | 'enableCae' of 'getToken'
isProofOfPossessionEnabled, proofOfPossessionNonce | none: bearer tokens only
parentRequestId | none: a correlation id is made for each call; an error has it
clientName | 'applicationName' of the credential
redirectUrl | 'redirectUri' of 'InteractiveBrowserCredential'
interactiveBrowserCredentialClientId | 'clientId'
interactiveBrowserTenantId, sharedTokenCacheTenantId, visualStudioTenantId, visualStudioCodeTenantId | 'tenantId'
sharedTokenCacheUsername | 'loginHint' of the credential
excludeAzureCliCredential, excludeAzureDeveloperCliCredential, excludeAzurePowerShellCredential, excludeEnvironmentCredential, excludeManagedIdentityCredential, excludeSharedTokenCacheCredential, excludeVisualStudioCredential, excludeVisualStudioCodeCredential, excludeWorkloadIdentityCredential | none: only people sign in; 'signIn' of 'AutoCredential' in @entrada/auto lists the ways
customWebUi, openUrl, openBrowserAsync | 'openBrowser' of 'InteractiveBrowserCredential'
defaultRedirectUri | 'redirectUri' of 'InteractiveBrowserCredential', by default a free port of localhost
systemBrowserOptions | 'browserCustomizationOptions' and 'openBrowser'
tokenCacheAccessAspect, tokenCacheCallback | 'tokenCache', such as 'persistentTokenCache({ name })' of @entrada/cache
debugLoggingCallback, logging, logPii, telemetryConsumer | 'onEvent', or the variable 'AZURE_LOG_LEVEL'
sslSocketFactory | 'NODE_EXTRA_CA_CERTS' in the environment, or 'fetch'
connectTimeoutForDefaultHttpClient, readTimeoutForDefaultHttpClient | 'requestTimeoutInMs' of the credential
b2cAuthority, adfsAuthority | none: Entra ID only
instanceDiscoveryMetadata, instanceDicoveryMetadata, aadInstanceDiscoveryResponse | none: the authority is asked once, and only its own host is believed
intelliJKeePassDatabasePath, kerberosTicketClaim, legacyCacheCompatibility, autoDetectRegion, windowsEmbeddedBrowserSupport, enableGuidedTroubleshooting | none
disableAuthorityValidationAndInstanceDiscovery, isAuthorityValidationEnabled | 'disableInstanceDiscovery' of the credential
excludeInteractiveBrowserCredential, excludeBrokerCredential, excludeDeviceCodeCredential, excludeBrowser, excludeBroker, excludeDeviceCode | 'signIn' of 'AutoCredential' in @entrada/auto, which lists the ways
diagnostics, httpLogOptions | 'onEvent', or the variable 'AZURE_LOG_LEVEL'
transport, httpPipeline, httpClientFactory, addPolicy, perCallPolicies, perRetryPolicies | 'fetch'
isLegacyMsaPassthroughEnabled, enableLegacyMsaPassthrough, msaPassthrough, listOperatingSystemAccounts | 'legacyEnableMsaPassthrough' of 'InteractiveBrowserBrokerCredential' in @entrada/broker
useDefaultAccount, useOperatingSystemAccount, useOsAccount | 'useDefaultBrokerAccount' of 'InteractiveBrowserBrokerCredential' in @entrada/broker
hwnd, parentHwnd, parentWindow, window, parentActivityOrWindow, parentWindowReference | 'parentWindowHandle' of 'InteractiveBrowserBrokerCredential' in @entrada/broker
challengeConsumer, deviceCodeConsumer, deviceCodeResultCallback, userPrompt | 'userPromptCallback' of 'DeviceCodeCredential' in @entrada/device-code
browserCustomization, htmlMessageSuccess, htmlMessageError | 'browserCustomizationOptions'
useEmbeddedWebView, systemWebViewOptions | none: the browser of the system is opened, or what 'openBrowser' opens
authorityUrl, authorityUri, cloudName, environment, azureEnvironment, cloud, cloudInstance, instance | 'authorityHost', an origin such as 'https://login.microsoftonline.com'; the tenant is 'tenantId'
authRecord, record | 'authenticationRecord'
applicationId, appId, application_id | 'clientId'
isUnsafeSupportLoggingEnabled, enableAccountIdentifierLogging, enablePiiLogging | none: accounts and tokens are never logged; the event 'done' has the user name
maxRetry, retry, retryPolicy, retryTimeout | none: what may be repeated is repeated up to three times; 'requestTimeoutInMs' limits each request
credentialProcessTimeout, managedIdentity | none: only people sign in; see the credentials of @azure/identity
insecureAllowCredentialWithHttp | none: 'https:' only
tracingProvider | 'tracedCredential' of @entrada/core/tracing
claimsRequest | 'claims' of 'getToken' and 'authenticate'
additionalAllowedTenants, allowMultiTenant, multiTenant | 'additionallyAllowedTenants'
onPrompt | 'onEvent', which is told of each 'prompt'
browserPath, browserCommand, launchBrowser, noBrowser | 'openBrowser' of 'InteractiveBrowserCredential', or the variable 'BROWSER'
paste, remote | 'answerBy: "paste"' of 'InteractiveBrowserCredential'
clientOptions | none: what it holds are options of the credential
executorService, pipeline, configuration, apiVersion, tokenProvider | none
subscriptionId, subscription | none: a token is for a person and a resource; clients take the subscription

# another part of Entrada
userPromptCallback | an option of 'DeviceCodeCredential' in @entrada/device-code
openBrowser, answerBy, redirectUri, browserCustomizationOptions | an option of 'InteractiveBrowserCredential'
parentWindowHandle, useDefaultBrokerAccount, disableInteractiveFallback, browserFallback, legacyEnableMsaPassthrough | an option of 'InteractiveBrowserBrokerCredential' in @entrada/broker
clientId | an option of the credential; of a server, 'audience' has the application id
applicationName, authorityHost, additionallyAllowedTenants, disableInstanceDiscovery, authenticationRecord, disableAutomaticAuthentication, tokenCache, fetch, requestTimeoutInMs, onEvent, loginHint, prompt, promptCooldownInMs | an option of the credential
timeoutInMs | an option of the credential and of 'authenticate'
tenantId | an option of the credential, and of 'getToken' and 'authenticate'
abortSignal, claims, enableCae | an option of 'getToken' and 'authenticate'
forcePrompt | an option of 'authenticate'
successMessage, errorMessage | 'browserCustomizationOptions: { successMessage, errorMessage }'
lockTimeoutInMs, onWarning, name | an option of the token cache
protection, directory, keyStore | an option of 'persistentTokenCache' in @entrada/cache
client, leaseInMs, commandTimeoutInMs, accountLifetimeInMs | an option of 'redisTokenCache' in @entrada/cache/redis
passphrase, keyFile, encryptionKey, systemdCredential, tpm | 'key' of the token cache: of 'redisTokenCache' 32 bytes, of 'persistentTokenCache' such as 'key: { file: "..." }'
silentTimeoutInMs, msal | an option of 'WamBrokerPlugin' in @entrada/broker
credential, serverUrl | an option of 'withEntra' in @entrada/mcp
resource, scopes, authenticationContexts, resourceName | an option of 'entraResourceServer' in @entrada/mcp
audience, clockToleranceInS | an option of 'entraTokenVerifier' in @entrada/mcp
`;

/** The table, read. */
export function foreignOptions(): readonly ForeignOptions[] {
  return TABLE.trim()
    .split("\n\n")
    .map((section) => {
      const [title = "", ...lines] = section.split("\n");
      return {
        of: title.slice("# ".length),
        rows: lines.map((line) => {
          const [names = "", instead = ""] = line.split(" | ");
          return { names: names.split(", "), instead };
        }),
      };
    });
}
