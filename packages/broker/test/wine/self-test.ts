// The self-test for people who have a Windows, with a person who does what it asks for.
import { selfTest } from "../../src/self-test/self-test.ts";

const signedIn = process.env["FAKE_WAM_SCENARIO"] ?? "";
const play = (more = ""): void => {
  process.env["FAKE_WAM_SCENARIO"] = `${more}&${signedIn}`;
};

const report = await selfTest({
  abortAfterInMs: 200,
  print: (line) => console.error(line),
  ask: async (question) => {
    if (question.includes("close it")) play("token.status=1");
    else if (question.includes("called off")) play("token.complete=manual");
    // What Windows does after the sign-out.
    else if (question.includes("Sign this application out")) play("token.status=3");
    else play();
    return "y";
  },
});
console.log(JSON.stringify(report));
