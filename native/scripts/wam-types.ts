import type { TypeTable } from "./winrt-type.ts";

const core = "Windows.Security.Authentication.Web.Core";
const credentials = "Windows.Security.Credentials";
const settings = "Windows.UI.ApplicationSettings";

/** The WinRT types of the Web Account Manager that the addon calls or implements, from the Windows SDK's metadata. */
export const wamTypes = {
  interfaces: {
    IUnknown: "00000000-0000-0000-c000-000000000046",
    IAgileObject: "94ea2b94-e9cc-49e0-c0ff-ee64ca8f5b90",
    IAsyncAction: "5a648006-843a-4da9-865b-9d26e5dfad7b",
    AsyncActionCompletedHandler: "a4ed5c81-76c9-40bd-8be6-b1d90fb20ae7",
    IAsyncInfo: "00000036-0000-0000-c000-000000000046",
    IWebAuthenticationCoreManagerStatics: "6aca7c92-a581-4479-9c10-752eff44fd34",
    IWebAuthenticationCoreManagerStatics4: "54e633fe-96e0-41e8-9832-1298897c2aaf",
    IWebAuthenticationCoreManagerInterop: "f4b8e804-811e-4436-b69c-44cb67b72084",
    IWebTokenRequestFactory: "6cf2141c-0ff0-4c67-b84f-99ddbe4a72c9",
    IWebTokenRequest: "b77b4d68-adcb-4673-b364-0cf7b35caf97",
    IWebTokenRequest2: "d700c079-30c8-4397-9654-961c3be8b855",
    IWebTokenRequest3: "5a755b51-3bb1-41a5-a63d-90bc32c7db9a",
    IWebTokenRequestResult: "c12a8305-d1f8-4483-8d54-38fe292784ff",
    IWebTokenResponse: "67a7c5ca-83f6-44c6-a3b1-0eb69e41fa8a",
    IWebProviderError: "db191bb1-50c5-4809-8dca-09c99410245c",
    IFindAllAccountsResult: "a5812b5d-b72e-420c-86ab-aac0d7b7261f",
    IWebAccount: "69473eb2-8031-49be-80bb-96cb46d99aba",
    IWebAccount2: "7b56d6f8-990b-4eb5-94a7-5621f3a8b824",
    IWebAccountProvider: "29dcc8c3-7ab9-4a7c-a336-b942f9dbf7c7",
    IWebAccountProvider2: "4a01eb05-4e42-41d4-b518-e008a5163614",
    IAccountsSettingsPaneInterop: "d3ee12ad-3865-4362-9746-b75a682df0e6",
    IAccountsSettingsPane: "81ea942c-4f09-4406-a538-838d9b14b7e6",
    IAccountsSettingsPaneCommandsRequestedEventArgs: "3b68c099-db19-45d0-9abf-95d3773c9330",
    IAccountsSettingsPaneEventDeferral: "cbf25d3f-e5ba-40ef-93da-65e096e5fb04",
    IWebAccountProviderCommand: "d69bdd9a-a0a6-4e9b-88dc-c71e757a3501",
    IWebAccountProviderCommandFactory: "d5658a1b-b176-4776-8469-a9d3ff0b3f59",
    WebAccountProviderCommandInvokedHandler: "b7de5527-4c8f-42dd-84da-5ec493abdb9a",
  },
  classes: {
    WebAuthenticationCoreManager: [
      `${core}.WebAuthenticationCoreManager`,
      "IWebAuthenticationCoreManagerStatics",
    ],
    WebTokenRequest: [`${core}.WebTokenRequest`, "IWebTokenRequest"],
    WebTokenRequestResult: [`${core}.WebTokenRequestResult`, "IWebTokenRequestResult"],
    WebTokenResponse: [`${core}.WebTokenResponse`, "IWebTokenResponse"],
    FindAllAccountsResult: [`${core}.FindAllAccountsResult`, "IFindAllAccountsResult"],
    WebAccount: [`${credentials}.WebAccount`, "IWebAccount"],
    WebAccountProvider: [`${credentials}.WebAccountProvider`, "IWebAccountProvider"],
    AccountsSettingsPane: [`${settings}.AccountsSettingsPane`, "IAccountsSettingsPane"],
    AccountsSettingsPaneCommandsRequestedEventArgs: [
      `${settings}.AccountsSettingsPaneCommandsRequestedEventArgs`,
      "IAccountsSettingsPaneCommandsRequestedEventArgs",
    ],
    WebAccountProviderCommand: [`${settings}.WebAccountProviderCommand`, "IWebAccountProviderCommand"],
  },
  generics: {
    IAsyncOperation: "9fc2b0bb-e446-44e2-aa61-9cab8f636af2",
    AsyncOperationCompletedHandler: "fcdcf02c-e5d8-4478-915a-4d90b74b83a5",
    IIterable: "faa585ea-6214-4217-afda-7f46de5869b3",
    IIterator: "6a79e863-4300-459a-9966-cbb660963ee1",
    IVector: "913337e9-11a1-4345-a3a2-4e7f956e222d",
    IVectorView: "bbe1fa4c-b0e3-4583-baef-1f1b2e483e56",
    IMap: "3c2925fe-8519-45c1-aa79-197b6718c1c1",
    IMapView: "e480ce40-a338-4ada-adcf-272272e48cb9",
    IKeyValuePair: "02b51929-c1c4-4a7e-8940-0312b5c18500",
    TypedEventHandler: "9de1c534-6ae1-11e0-84e1-18a905bcc53f",
  },
} as const satisfies TypeTable;

/** The closed generic types that need an id of their own. */
export const wamInstances = [
  "IAsyncOperation<WebTokenRequestResult>",
  "AsyncOperationCompletedHandler<WebTokenRequestResult>",
  "IAsyncOperation<WebAccountProvider>",
  "AsyncOperationCompletedHandler<WebAccountProvider>",
  "IAsyncOperation<WebAccount>",
  "AsyncOperationCompletedHandler<WebAccount>",
  "IAsyncOperation<FindAllAccountsResult>",
  "AsyncOperationCompletedHandler<FindAllAccountsResult>",
  "IVectorView<WebTokenResponse>",
  "IVectorView<WebAccount>",
  "IMap<String,String>",
  "IMapView<String,String>",
  "IKeyValuePair<String,String>",
  "IIterable<IKeyValuePair<String,String>>",
  "IIterator<IKeyValuePair<String,String>>",
  "IVector<WebAccountProviderCommand>",
  "TypedEventHandler<AccountsSettingsPane,AccountsSettingsPaneCommandsRequestedEventArgs>",
] as const;

/** The classes whose factories the addon asks for by name. */
export const wamActivated = [
  "WebAuthenticationCoreManager",
  "WebTokenRequest",
  "AccountsSettingsPane",
  "WebAccountProviderCommand",
] as const;
