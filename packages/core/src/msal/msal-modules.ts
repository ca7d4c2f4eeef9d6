// By name, so that a bundler leaves out what is not used here: msal-node's confidential clients and managed identities.
export { PublicClientApplication } from "@azure/msal-node";
