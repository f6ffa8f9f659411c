import { serveCompatible } from "../http";
import type { Services } from "../services";
import { mcpDoor, mcpRoute } from "./door";

/** The exports of the route file that assistants are pointed to. */
export function serveMcp(getServices: () => Promise<Services>) {
  return serveCompatible(getServices, mcpDoor, mcpRoute);
}
