// The broker as the bus starts it: a program of its own, which finds the bus in its environment.
import { ADA } from "../fake-account.ts";
import { FakeLinuxBroker } from "./fake-linux-broker.ts";

const path = /^unix:path=([^,]*)/.exec(process.env["DBUS_STARTER_ADDRESS"] ?? "")?.[1] ?? "";
const broker = new FakeLinuxBroker();
broker.accounts = [ADA];
await broker.start(path);
