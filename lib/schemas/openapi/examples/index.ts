import type { EndpointName } from "../../endpoints";
import { accountExamples } from "./account";
import { adminExamples } from "./admin";
import type { Examples } from "./example";
import { programExamples } from "./programs";
import { runExamples } from "./runs";
import { serverExamples } from "./server";
import { webhookExamples } from "./webhooks";

/** Requests of every endpoint; a test sends each of them. */
export const EXAMPLES: Examples<EndpointName> = {
  ...runExamples,
  ...programExamples,
  ...serverExamples,
  ...accountExamples,
  ...webhookExamples,
  ...adminExamples,
};
