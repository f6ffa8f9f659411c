import type { Endpoint, EndpointName } from "../endpoints";
import { accountEndpoints } from "../endpoints/account";
import { adminEndpoints } from "../endpoints/admin";
import { programsEndpoints } from "../endpoints/programs";
import { runsEndpoints } from "../endpoints/runs";
import { serverEndpoints } from "../endpoints/server";
import { webhooksEndpoints } from "../endpoints/webhooks";

export interface EndpointGroup {
  name: string;
  about: string;
  endpoints: Readonly<Partial<Record<EndpointName, Endpoint>>>;
}

/** The endpoints as the document shows them: each in one group. */
export const GROUPS: readonly EndpointGroup[] = [
  {
    name: "Runs",
    about: "Running programs, and what the viewer has run.",
    endpoints: runsEndpoints,
  },
  { name: "Programs", about: "What people keep to go on with.", endpoints: programsEndpoints },
  { name: "Server", about: "What the server offers, and how it is.", endpoints: serverEndpoints },
  {
    name: "Account",
    about: "Accounts, sessions and API keys, for their owner.",
    endpoints: accountEndpoints,
  },
  { name: "Webhooks", about: "Addresses that are told when runs end.", endpoints: webhooksEndpoints },
  { name: "Admin", about: "For admins.", endpoints: adminEndpoints },
];
