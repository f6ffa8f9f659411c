/** Where a request for an endpoint goes. */
export interface Address {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Path with `{name}` for each parameter, as in OpenAPI. */
  path: string;
}

/**
 * Apart from what the endpoints are checked by, which takes a page longer to load: its first requests are sent by this alone.
 */
export const ADDRESSES = {
  run: { method: "POST", path: "/api/editor/run" },
  format: { method: "POST", path: "/api/format" },
  getRun: { method: "GET", path: "/api/runs/{id}" },
  updateRun: { method: "PATCH", path: "/api/runs/{id}" },
  deleteRun: { method: "DELETE", path: "/api/runs/{id}" },
  listRuns: { method: "GET", path: "/api/runs" },
  submitRun: { method: "POST", path: "/api/runs" },
  submitRuns: { method: "POST", path: "/api/runs/batch" },
  deleteRuns: { method: "DELETE", path: "/api/runs" },
  exportRuns: { method: "GET", path: "/api/runs/export" },
  statistics: { method: "GET", path: "/api/runs/statistics" },
  usage: { method: "GET", path: "/api/usage" },
  artifact: { method: "GET", path: "/api/runs/{id}/artifacts/{name}" },
  rawRun: { method: "GET", path: "/r/{runId}/raw" },
  watchRun: { method: "GET", path: "/api/runs/{id}/events" },
  input: { method: "POST", path: "/api/runs/{id}/input" },
  terminal: { method: "GET", path: "/api/runs/{id}/terminal" },
  reportRun: { method: "POST", path: "/api/runs/{id}/report" },
  cancel: { method: "POST", path: "/api/runs/{id}/cancel" },

  listPrograms: { method: "GET", path: "/api/programs" },
  createProgram: { method: "POST", path: "/api/programs" },
  getProgram: { method: "GET", path: "/api/programs/{id}" },
  updateProgram: { method: "PATCH", path: "/api/programs/{id}" },
  deleteProgram: { method: "DELETE", path: "/api/programs/{id}" },
  duplicateProgram: { method: "POST", path: "/api/programs/{id}/duplicate" },

  languages: { method: "GET", path: "/api/languages" },
  examples: { method: "GET", path: "/api/languages/{id}/examples" },
  warmLanguage: { method: "POST", path: "/api/languages/{id}/warm" },
  health: { method: "GET", path: "/api/health" },
  liveness: { method: "GET", path: "/api/health/live" },
  readiness: { method: "GET", path: "/api/health/ready" },
  status: { method: "GET", path: "/api/status" },
  metrics: { method: "GET", path: "/api/metrics" },
  openApi: { method: "GET", path: "/api/openapi.json" },

  signUp: { method: "POST", path: "/api/account" },
  account: { method: "GET", path: "/api/account" },
  redeemAdminCode: { method: "POST", path: "/api/account/admin" },
  updateAccount: { method: "PATCH", path: "/api/account" },
  deleteAccount: { method: "DELETE", path: "/api/account" },
  changePassword: { method: "POST", path: "/api/account/password" },
  forgotPassword: { method: "POST", path: "/api/account/forgot-password" },
  resetPassword: { method: "POST", path: "/api/account/reset-password" },
  proveEmail: { method: "POST", path: "/api/account/verify-email" },
  sendEmailProof: { method: "POST", path: "/api/account/verify-email/send" },
  changeEmail: { method: "POST", path: "/api/account/email" },
  confirm: { method: "POST", path: "/api/account/confirm" },
  twoFactor: { method: "GET", path: "/api/account/two-factor" },
  beginTwoFactor: { method: "POST", path: "/api/account/two-factor" },
  enableTwoFactor: { method: "POST", path: "/api/account/two-factor/confirm" },
  renewRecoveryCodes: { method: "POST", path: "/api/account/two-factor/recovery-codes" },
  disableTwoFactor: { method: "DELETE", path: "/api/account/two-factor" },
  listSessions: { method: "GET", path: "/api/account/sessions" },
  endOtherSessions: { method: "DELETE", path: "/api/account/sessions" },
  endSession: { method: "DELETE", path: "/api/account/sessions/{id}" },
  updatePreferences: { method: "PATCH", path: "/api/account/preferences" },
  exportAccount: { method: "GET", path: "/api/account/export" },
  listKeys: { method: "GET", path: "/api/keys" },
  createKey: { method: "POST", path: "/api/keys" },
  revokeKey: { method: "DELETE", path: "/api/keys/{id}" },

  listWebhooks: { method: "GET", path: "/api/webhooks" },
  createWebhook: { method: "POST", path: "/api/webhooks" },
  deleteWebhook: { method: "DELETE", path: "/api/webhooks/{id}" },
  webhookDeliveries: { method: "GET", path: "/api/webhooks/{id}/deliveries" },

  adminOverview: { method: "GET", path: "/api/admin/overview" },
  adminUsers: { method: "GET", path: "/api/admin/users" },
  adminUpdateUser: { method: "PATCH", path: "/api/admin/users/{id}" },
  adminResetLink: { method: "POST", path: "/api/admin/users/{id}/reset-link" },
  audit: { method: "GET", path: "/api/admin/audit" },
  exportAudit: { method: "GET", path: "/api/admin/audit/export" },
  adminReports: { method: "GET", path: "/api/admin/reports" },
  adminDismissReport: { method: "PATCH", path: "/api/admin/reports/{id}" },
  adminUpdateRun: { method: "PATCH", path: "/api/admin/runs/{id}" },
} as const satisfies Record<string, Address>;
