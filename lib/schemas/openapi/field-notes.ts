interface SchemaNotes {
  about?: string;
  fields?: Readonly<Record<string, string>>;
}

/** What the document says of schemas and their fields. Not in the schemas themselves, which every page loads. */
export const FIELD_NOTES: Readonly<Record<string, SchemaNotes>> = {
  Error: { about: "The one shape of every error. `details` has all problems of a request at once." },
  RunRequest: {
    about:
      "A program to run. Sizes are bytes of UTF-8: `code` at most 102,400, all `files` 1,048,576, `stdin` 1,048,576. Other fields have no effect.",
    fields: {
      language: "An id or alias of `GET /api/languages`.",
      options: "What is chosen of the language's options, such as its standard; the rest has its default.",
      code: "The main program.",
      stdin: "What the program reads, byte for byte.",
      args: "Its arguments, 16,384 bytes together.",
      files: "Files beside the main one.",
      tests: "Test cases: the program is compiled once and run for each.",
      programId: "The saved program of yours that this is a run of.",
      mode: "`interactive` keeps standard input open for typed input, `terminal` gives the program a terminal.",
      interactive: 'Another word for `"mode": "interactive"`.',
      terminal: "The size of the terminal at first.",
      limits:
        "Lower limits than your plan's. What is more than the plan has has no effect; what was applied is in the answer.",
      env: "Variables of the program's environment: at most 50, 16,384 bytes together.",
      mainFile: "Another name for the file that holds `code`, where the language can start it by that.",
      repl: "In a terminal: the language's prompt instead of the program.",
    },
  },
  File: {
    about: "A file beside the main program.",
    fields: { path: "Relative, with `/`, without `.` or `..`." },
  },
  RunResult: {
    about: "How a run ended. A program that fails is still HTTP 200: `status` says how.",
    fields: {
      options: "What was chosen other than the defaults.",
      compile: "`null` where nothing is compiled.",
      durationMs: "Wall-clock time of the run stage.",
      cpuMs: "Its processor time; `null` where nobody could tell.",
      memoryUsed: "Its peak memory in bytes; `null` where nobody could tell.",
      queuedMs: "From acceptance to the run's turn.",
      artifacts: "Files that the program left in `$OUTPUT_DIR`.",
      tests: "The results of the test cases, in their order.",
      limits: "What it was held to.",
      usage: "The viewer's quota with this run counted.",
      message: "Words for statuses that need them.",
    },
  },
  RunOutput: {
    fields: {
      exitCode: "`null` where there is none, as after a time-out.",
      signal: "The signal that ended the program; `exitCode` is then 128 and its number.",
      truncated: "The output limit was reached.",
      order:
        "Lengths in UTF-16 units of pieces that alternate between stdout and stderr; left out where all of stdout came first.",
    },
  },
  Usage: { fields: { resetsAt: "When the day's runs begin anew." } },
  RunLimits: {
    about: "Everything that a run is held to. Times in milliseconds, sizes in bytes.",
    fields: { attended: "Of a run that a person types into; its `run.timeoutMs` counts processor time." },
  },
  StageLimits: { fields: { cpus: "A share of processors: 0.5 is half of one." } },
  Run: {
    about:
      "A run with everything there is to see of it. While `status` is `running` the result's fields are empty or 0.",
    fields: {
      own: "Whether it is the viewer's: only then can it be changed.",
      request:
        "What was run. To its owner `foreign` says, as JSON, what a request to another API that it was made for asked beside that.",
      image: "Digest of its image.",
    },
  },
  RunPage: { about: "Only `nextCursor: null` is the end: a page of a search may be short." },
  ProgramPage: { about: "Only `nextCursor: null` is the end: a page of a search may be short." },
  WebhookPayload: {
    about:
      "What a webhook is sent, signed as Standard Webhooks has it: the headers `webhook-id`, `webhook-timestamp` and `webhook-signature`.",
  },
  ApiKey: {
    fields: {
      requestsPerMinute: "A ceiling of the key's own; `null` where it has its account's alone.",
      runsPerDay: "A ceiling of the key's own; `null` where it has its account's alone.",
    },
  },
  CreatedApiKey: { fields: { key: "Shown in this answer and never again." } },
};
