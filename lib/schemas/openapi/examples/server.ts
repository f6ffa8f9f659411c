import type { serverEndpoints } from "../../endpoints/server";
import type { Examples } from "./example";

export const serverExamples: Examples<keyof typeof serverEndpoints> = {
  languages: [{ title: "All of them" }],
  examples: [{ title: "Python's", params: { id: "python" } }],
  warmLanguage: [{ title: "Python", params: { id: "python" }, answer: { ready: true } }],
  openApi: [{ title: "This document" }],
  health: [{ title: "Every part" }],
  liveness: [{ title: "It lives" }],
  readiness: [{ title: "It takes runs" }],
  status: [{ title: "Every part" }],
  metrics: [{ title: "All of them" }],
};
