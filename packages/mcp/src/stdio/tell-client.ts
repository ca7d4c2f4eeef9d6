import type { AuthenticationEvent } from "@entrada/core";
import { check, printable } from "@entrada/core/credential";

/** The part of an MCP server that is used here. */
export interface LoggingServer {
  sendLoggingMessage(message: { level: "notice" | "warning"; logger: string; data: unknown }): Promise<void>;
}

/**
 * Tells the person through the MCP client what to do at a sign-in: for `onEvent` of a credential in a server over stdio,
 * whose standard output belongs to the protocol. The server must have the capability `logging`. Nothing is written to
 * standard output but the protocol's own messages, and no token is in them.
 *
 * @throws TypeError, with a `code`, for what is no server.
 *
 * @example
 * ```ts
 * import { InteractiveBrowserCredential } from "@entrada/core";
 * import { tellClient } from "@entrada/mcp";
 * import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
 *
 * const server = new McpServer({ name: "tools", version: "1.0.0" }, { capabilities: { logging: {} } });
 * const credential = new InteractiveBrowserCredential({ onEvent: tellClient(server) });
 * ```
 */
export function tellClient(server: LoggingServer): (event: AuthenticationEvent) => void {
  check.methods("server", server, ["sendLoggingMessage"]);
  const send = async (level: "notice" | "warning", text: string): Promise<void> =>
    server.sendLoggingMessage({ level, logger: "entrada", data: printable(text) });
  // A client that has gone, or takes no messages, is no reason to end a sign-in.
  const tell = (level: "notice" | "warning", text: string): void => void send(level, text).catch(() => {});
  return (event) => {
    switch (event.type) {
      case "prompt":
        return tell(
          "notice",
          event.userCode === undefined
            ? `Sign in in the browser${event.url === undefined ? "" : `: ${event.url}`}`
            : `Sign in: open ${event.url} and enter the code ${event.userCode}`,
        );
      case "browser_unavailable":
        return tell("warning", `No browser could be opened. Open this page to sign in: ${event.url}`);
      case "warning":
        return tell("warning", event.message);
      case "done":
        return event.interactive ? tell("notice", `Signed in as ${event.username}`) : undefined;
      default:
        return undefined;
    }
  };
}
