// An example of the documentation, with a storage account of this machine and the options of a case.
import { defaultAccount } from "../../../../examples/default-account.ts";
import { listContainers } from "../../../../examples/list-containers.ts";
import { parentWindow } from "../../../../examples/parent-window.ts";

const EXAMPLES = {
  "list-containers": listContainers,
  "default-account": defaultAccount,
  "parent-window": parentWindow,
};

const [accountUrl, name = "list-containers"] = process.argv.slice(2);
const example = EXAMPLES[name as keyof typeof EXAMPLES];
try {
  await example({
    ...(accountUrl === undefined ? {} : { accountUrl }),
    credential: {
      ...(JSON.parse(process.env["CREDENTIAL_OPTIONS"] ?? "{}") as object),
      openBrowser() {
        throw new Error("The browser was opened.");
      },
    },
  });
} catch (error) {
  const { name, code, message } = error as Error & { readonly code?: string };
  console.error(JSON.stringify({ name, code, message }));
  process.exitCode = 1;
}
