import type { programsEndpoints } from "../../endpoints/programs";
import { EXAMPLE_IDS, type Examples } from "./example";

const OWN_PROGRAM = { id: EXAMPLE_IDS.program };

const SUMMARY = {
  id: EXAMPLE_IDS.program,
  title: "Two sum",
  titleSource: "derived",
  revision: 1,
  language: "python",
  createdAt: "2026-11-27T01:20:11.021Z",
  updatedAt: "2026-11-27T01:20:11.021Z",
  files: 0,
  tests: 0,
  bytes: 1097,
  expiresAt: "2026-12-27T01:20:11.021Z",
} as const;

export const programExamples: Examples<keyof typeof programsEndpoints> = {
  listPrograms: [
    { title: "The last changed", answer: { programs: [SUMMARY], nextCursor: null } },
    { title: "A search", query: { q: "sum", language: "python", limit: "20" } },
  ],
  createProgram: [
    {
      title: "A program without a title",
      body: {
        language: "python",
        code: "# Two sum\nprint(sum(map(int, input().split())))",
        stdin: "1 2\n",
      },
      answer: SUMMARY,
    },
  ],
  getProgram: [{ title: "A program of yours", params: OWN_PROGRAM }],
  updateProgram: [{ title: "Its code", params: OWN_PROGRAM, body: { code: "print(1)" } }],
  deleteProgram: [{ title: "A program of yours", params: OWN_PROGRAM, answer: { deleted: true } }],
  duplicateProgram: [{ title: "A program of yours", params: OWN_PROGRAM }],
};
