// Leaves while the pane is open.
import { operationId, transport, waitForCall } from "../fake-wam.ts";

void transport.pickProvider({ operationId: operationId(), kinds: ["organizations", "consumers"] });
waitForCall("ShowAddAccountForWindowAsync");
process.exit(7);
