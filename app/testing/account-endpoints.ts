import type { EndpointName } from "../../lib/schemas/endpoints";
import { accountEndpoints } from "../../lib/schemas/endpoints/account";
import { adminEndpoints } from "../../lib/schemas/endpoints/admin";
import { webhooksEndpoints } from "../../lib/schemas/endpoints/webhooks";

/** Endpoints of accounts and of what belongs to one: about half of all. */
export function ofAccounts(name: EndpointName): boolean {
  return name in { ...accountEndpoints, ...webhooksEndpoints, ...adminEndpoints };
}
