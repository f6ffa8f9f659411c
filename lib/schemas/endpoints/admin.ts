import {
  adminOverviewSchema,
  adminUserChangeSchema,
  adminUserPageSchema,
  adminUserQuerySchema,
  adminUserSchema,
  auditPageSchema,
  auditQuerySchema,
} from "../admin";
import type { Endpoint } from "./endpoint";

/** For admins. */
export const adminEndpoints = {
  adminOverview: {
    method: "GET",
    path: "/api/admin/overview",
    access: "admin",
    scope: null,
    summary: "Runs per hour, sandboxes and queue",
    response: adminOverviewSchema,
  },
  adminUsers: {
    method: "GET",
    path: "/api/admin/users",
    access: "admin",
    scope: null,
    summary: "Accounts, newest first; `q` searches address and name",
    query: adminUserQuerySchema,
    response: adminUserPageSchema,
  },
  adminUpdateUser: {
    method: "PATCH",
    path: "/api/admin/users/{id}",
    access: "admin",
    scope: null,
    confirmed: true,
    summary: "Change an account's plan, suspend it, or make it an admin's",
    body: adminUserChangeSchema,
    response: adminUserSchema,
  },
  audit: {
    method: "GET",
    path: "/api/admin/audit",
    access: "admin",
    scope: null,
    summary: "What admins did, and what concerned security; newest first",
    query: auditQuerySchema,
    response: auditPageSchema,
  },
} as const satisfies Record<string, Endpoint>;
