import { onTestFinished } from "vitest";
import {
  certificateFor,
  startHttpsMock,
  type Certificate,
  type Handler,
  type HttpsMock,
} from "./https-mock.ts";

/** What a mock shows that is given no other: made once for a file of tests. */
export const MOCK_CERTIFICATE: Certificate = await certificateFor(["localhost", "127.0.0.1"]);

/** A mock that ends with the test that is running. */
export async function mockForTest(
  handler: Handler,
  certificate: Certificate = MOCK_CERTIFICATE,
): Promise<HttpsMock> {
  const mock = await startHttpsMock(handler, certificate);
  onTestFinished(() => mock[Symbol.asyncDispose]());
  return mock;
}
