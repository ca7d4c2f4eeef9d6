// The example of the documentation, with a storage account of this machine and the options of a case.
import { listContainers } from "../../../../examples/list-containers.ts";

const [accountUrl] = process.argv.slice(2);
try {
  await listContainers({
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
