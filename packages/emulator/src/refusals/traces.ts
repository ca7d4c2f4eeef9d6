/** Where a refusal comes to light. */
export type RefusalPlace =
  /** A page that the person sees; the application hears nothing, or of it when the person leaves. */
  | "page"
  /** The authorization answer, at the redirect URI. */
  | "answer"
  /** The body of the token endpoint. */
  | "token"
  /** The body of discovery. */
  | "discovery";

/** Where Entra gives a refusal, and where anybody can read that it does. */
export interface RefusalTrace {
  readonly where: readonly RefusalPlace[];
  /** A public thread, as `owner/repository#number`, or one of Microsoft's pages. */
  readonly seenIn: string;
}

const ERROR_CODES = 'Microsoft, "Microsoft Entra authentication and authorization error codes"';
const CODE_FLOW = 'Microsoft, "OAuth 2.0 authorization code flow"';
const DEVICE_FLOW = 'Microsoft, "OAuth 2.0 device authorization grant flow"';

/** By AADSTS number: one for each refusal that this emulator gives. */
export const refusalTraces: Readonly<Record<number, RefusalTrace>> = {
  16000: { where: ["answer"], seenIn: ERROR_CODES },
  28000: { where: ["answer", "token"], seenIn: ERROR_CODES },
  50011: { where: ["page"], seenIn: "MicrosoftDocs/azure-docs#15339" },
  50020: { where: ["page", "token"], seenIn: "microsoft/PowerBI-CSharp#64" },
  50034: { where: ["page"], seenIn: ERROR_CODES },
  50049: { where: ["discovery"], seenIn: ERROR_CODES },
  50057: { where: ["page", "token"], seenIn: ERROR_CODES },
  50058: { where: ["answer"], seenIn: "microsoft/service-fabric-explorer#148" },
  50076: { where: ["answer", "token"], seenIn: ERROR_CODES },
  50147: { where: ["answer"], seenIn: ERROR_CODES },
  50148: { where: ["token"], seenIn: "AzureAD/microsoft-authentication-library-for-js#5044" },
  50149: { where: ["answer"], seenIn: "MicrosoftDocs/entra-docs#1538" },
  50173: { where: ["token"], seenIn: "microsoft/azuredatastudio#22853" },
  50194: { where: ["page", "token"], seenIn: "MicrosoftDocs/azure-docs#19346" },
  53000: { where: ["page", "token"], seenIn: "wkh237/react-native-azure-ad#43" },
  53003: { where: ["page", "token"], seenIn: ERROR_CODES },
  54005: { where: ["token"], seenIn: "AzureAD/microsoft-identity-web#2328" },
  65001: { where: ["answer", "token"], seenIn: "MicrosoftDocs/azure-docs#39189" },
  65004: { where: ["answer"], seenIn: CODE_FLOW },
  70000: { where: ["token"], seenIn: "abraunegg/onedrive#3615" },
  70003: { where: ["token"], seenIn: CODE_FLOW },
  70005: { where: ["answer"], seenIn: CODE_FLOW },
  70007: { where: ["page"], seenIn: ERROR_CODES },
  70008: { where: ["token"], seenIn: ERROR_CODES },
  70011: { where: ["answer", "token"], seenIn: "laravel/socialite#315" },
  70016: { where: ["token"], seenIn: "AzureAD/azure-activedirectory-library-for-nodejs#137" },
  70017: { where: ["token"], seenIn: DEVICE_FLOW },
  70018: { where: ["token"], seenIn: DEVICE_FLOW },
  70020: { where: ["token"], seenIn: "Azure/azure-cli#22251" },
  90002: { where: ["page", "token", "discovery"], seenIn: "Azure/azure-cli#23130" },
  90023: { where: ["answer"], seenIn: "AzureAD/passport-azure-ad#331" },
  90055: { where: ["token"], seenIn: ERROR_CODES },
  500011: { where: ["answer", "token"], seenIn: ERROR_CODES },
  500112: { where: ["token"], seenIn: "AzureAD/microsoft-authentication-library-for-js#5321" },
  500208: { where: ["page", "token"], seenIn: ERROR_CODES },
  501481: { where: ["token"], seenIn: "AzureAD/microsoft-authentication-library-for-js#2694" },
  501491: { where: ["answer"], seenIn: "MicrosoftDocs/entra-docs#1538" },
  530003: { where: ["page", "token"], seenIn: "Azure/azure-cli#29282" },
  650053: { where: ["answer", "token"], seenIn: "MicrosoftDocs/azure-docs#67211" },
  700005: { where: ["token"], seenIn: "MicrosoftDocs/azure-docs#51023" },
  700016: { where: ["page", "token"], seenIn: ERROR_CODES },
  700025: { where: ["token"], seenIn: "Azure-Samples/ms-identity-python-webapp#113" },
  700082: { where: ["token"], seenIn: "Azure/azure-cli#14244" },
  900144: { where: ["page", "answer", "token"], seenIn: "MicrosoftDocs/azure-docs#46110" },
  900023: { where: ["page", "token", "discovery"], seenIn: "blacklanternsecurity/TREVORspray#47" },
  900561: { where: ["token"], seenIn: "pnp/pnpframework#88" },
  7000218: { where: ["token"], seenIn: "MicrosoftDocs/azure-docs#31986" },
  9000411: { where: ["page", "answer", "token"], seenIn: "anthropics/claude-code#49175" },
  9002313: { where: ["answer", "token"], seenIn: "davidjrh/dnn.azureadprovider#112" },
  9002331: { where: ["page", "token"], seenIn: ERROR_CODES },
  9002332: { where: ["page", "token"], seenIn: ERROR_CODES },
};
