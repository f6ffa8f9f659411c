import type { adminEndpoints } from "../../endpoints/admin";
import { EXAMPLE_IDS, type Examples } from "./example";

export const adminExamples: Examples<keyof typeof adminEndpoints> = {
  adminOverview: [{ title: "The last two days" }],
  adminUsers: [
    { title: "The newest" },
    { title: "A search", query: { q: "example.org" } },
    { title: "Who waits for approval", query: { waiting: "true" } },
  ],
  adminUpdateUser: [{ title: "Another plan", params: { id: EXAMPLE_IDS.user }, body: { plan: "pro" } }],
  adminResetLink: [{ title: "A link", params: { id: EXAMPLE_IDS.user } }],
  audit: [{ title: "The newest" }, { title: "Of one person", query: { person: "ada@example.org" } }],
  exportAudit: [{ title: "As CSV", query: { format: "csv" } }],
  adminReports: [{ title: "Open ones" }, { title: "Decided ones", query: { state: "decided" } }],
  adminDismissReport: [
    {
      title: "No reason to act",
      params: { id: EXAMPLE_IDS.report },
      body: { decision: "dismissed" },
      answer: { dismissed: true },
    },
  ],
  adminUpdateRun: [
    {
      title: "Take it down",
      params: { id: EXAMPLE_IDS.run },
      body: { takenDown: true, reason: "spam", note: "Advertisements are not what this is for." },
      answer: { takenDown: true },
    },
    { title: "Restore it", params: { id: EXAMPLE_IDS.run }, body: { takenDown: false } },
  ],
};
