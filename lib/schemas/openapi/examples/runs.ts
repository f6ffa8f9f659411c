import type { runsEndpoints } from "../../endpoints/runs";
import type { RunResult } from "../../run";
import { EXAMPLE_IDS, type Examples } from "./example";

const OWN_RUN = { id: EXAMPLE_IDS.run };

const USAGE = {
  plan: "guest",
  used: 1,
  limit: 100,
  remaining: 99,
  resetsAt: "2026-11-27T00:00:00Z",
} as const;

const RESULT: RunResult = {
  id: EXAMPLE_IDS.run,
  language: "python",
  status: "success",
  output: { stdout: "4\n", stderr: "", exitCode: 0, signal: null, truncated: false },
  compile: null,
  durationMs: 16.3,
  cpuMs: 4.7,
  memoryUsed: 3_657_728,
  queuedMs: 21,
  isolation: "container",
  artifacts: [],
  tests: [],
  message: null,
  usage: USAGE,
  createdAt: "2026-11-26T13:51:34.628Z",
};

export const runExamples: Examples<keyof typeof runsEndpoints> = {
  run: [
    {
      title: "The smallest program",
      body: { language: "python", code: "print(2+2)" },
      answer: RESULT,
    },
    {
      title: "Input, arguments and a file",
      body: {
        language: "python",
        code: "import sys, greet\nprint(greet.hello(input()), sys.argv[1:])",
        stdin: "World\n",
        args: ["a", "b"],
        files: [{ path: "greet.py", content: 'def hello(name): return f"Hello, {name}!"' }],
      },
    },
    {
      title: "Options of the compiler",
      body: {
        language: "cpp",
        options: { standard: "c++23", optimization: "o2" },
        code: '#include <print>\nint main() { std::println("{}", __cplusplus); }',
      },
    },
    {
      title: "Lower limits and a variable",
      body: {
        language: "python",
        code: "import os\nprint(os.environ['MODE'])",
        mainFile: "solve.py",
        env: { MODE: "fast" },
        limits: { timeoutMs: 2_000, cpuMs: 1_000, memoryBytes: 67_108_864, outputBytes: 65_536 },
      },
    },
    {
      title: "Test cases",
      body: {
        language: "python",
        code: "print(sum(map(float, input().split())))",
        tests: [
          { name: "small", stdin: "1 2\n", expected: "3.0\n" },
          { name: "third", stdin: "0 0.3333\n", expected: "0.333", compare: { tolerance: 1e-3 } },
        ],
      },
    },
  ],
  format: [
    {
      title: "A line of Python",
      body: { language: "python", code: "x=1" },
      answer: { code: "x = 1\n", message: null },
    },
  ],
  submitRun: [
    {
      title: "A program",
      body: { language: "python", code: "print(2+2)" },
      answer: {
        id: EXAMPLE_IDS.run,
        status: "running",
        links: {
          self: `/api/runs/${EXAMPLE_IDS.run}`,
          events: `/api/runs/${EXAMPLE_IDS.run}/events`,
          cancel: `/api/runs/${EXAMPLE_IDS.run}/cancel`,
        },
        usage: USAGE,
      },
    },
  ],
  submitRuns: [
    {
      title: "Two programs",
      body: {
        runs: [
          { language: "python", code: "print(2+2)" },
          { language: "bash", code: "echo 4" },
        ],
      },
    },
  ],
  getRun: [
    { title: "A run of yours", params: OWN_RUN },
    { title: "When it has ended", params: OWN_RUN, query: { wait: "10" } },
  ],
  updateRun: [
    {
      title: "Name, pin and share",
      params: OWN_RUN,
      body: { title: "One", pinned: true, visibility: "unlisted" },
    },
  ],
  deleteRun: [{ title: "A run of yours", params: OWN_RUN, answer: { deleted: true } }],
  listRuns: [
    { title: "The newest", answer: { runs: [], nextCursor: null } },
    {
      title: "A search",
      query: { q: "print", language: "python", status: "success", limit: "20", from: "2026-11-01" },
    },
  ],
  deleteRuns: [{ title: "All of yours", answer: { deleted: 12 } }],
  exportRuns: [{ title: "As JSON" }, { title: "As CSV", query: { format: "csv" } }],
  statistics: [{ title: "The last week", query: { days: "7" } }],
  usage: [{ title: "Today" }],
  artifact: [{ title: "A picture", params: { ...OWN_RUN, name: "plot.png" } }],
  rawRun: [
    { title: "The code", params: { runId: EXAMPLE_IDS.run } },
    { title: "Output and errors", params: { runId: EXAMPLE_IDS.run }, query: { part: "all" } },
  ],
  watchRun: [{ title: "From the beginning", params: OWN_RUN }],
  input: [{ title: "A line", params: OWN_RUN, body: { text: "World\n" }, answer: { accepted: true } }],
  terminal: [{ title: "From the first byte", params: OWN_RUN, query: { from: "0" } }],
  reportRun: [
    {
      title: "Spam",
      params: OWN_RUN,
      body: { reason: "spam", text: "The same on every page." },
      answer: { reported: true },
    },
  ],
  cancel: [{ title: "A run of yours", params: OWN_RUN, answer: { cancelled: true } }],
};
