// Sends the requests of its argument to the agent that it finds in its environment, and prints the answers.
import { request } from "node:http";

const { IDENTITY_ENDPOINT, IDENTITY_HEADER, AZD_AUTH_ENDPOINT } = process.env;
const identity = `${IDENTITY_ENDPOINT}?api-version=2019-08-01&resource=https://management.azure.com`;
const answers = [];
for (const { url, azd, method = "GET", headers = {}, body } of JSON.parse(process.argv[2])) {
  const address = azd === undefined ? (url ?? identity) : `${AZD_AUTH_ENDPOINT}${azd}`;
  const given = { "x-identity-header": IDENTITY_HEADER, ...headers };
  const filled = Object.fromEntries(
    Object.entries(given)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, value.replace("KEY", IDENTITY_HEADER)]),
  );
  const target = new URL(address.replace("ENDPOINT", IDENTITY_ENDPOINT));
  answers.push(
    await new Promise((resolve, reject) => {
      const began = performance.now();
      const sent = request(target, { method, headers: filled }, (answer) => {
        let text = "";
        answer.on("data", (chunk) => (text += chunk));
        answer.on("end", () =>
          resolve({ status: answer.statusCode, body: JSON.parse(text), ms: performance.now() - began }),
        );
      });
      sent.on("error", reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    }),
  );
}
console.log(JSON.stringify(answers));
