import { accountEndpoints } from "./account";
import { adminEndpoints } from "./admin";
import { programsEndpoints } from "./programs";
import { runsEndpoints } from "./runs";
import { serverEndpoints } from "./server";
import { webhooksEndpoints } from "./webhooks";

export type { Endpoint } from "./endpoint";

/** Every endpoint, declared once: the route wrapper validates with it, the browser's fetch is typed by it, docs/api.md is compared with it. */
export const endpoints = {
  ...runsEndpoints,
  ...programsEndpoints,
  ...serverEndpoints,
  ...accountEndpoints,
  ...webhooksEndpoints,
  ...adminEndpoints,
} as const;

export type EndpointName = keyof typeof endpoints;
