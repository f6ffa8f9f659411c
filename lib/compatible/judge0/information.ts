import os from "node:os";
import type { CompatibleCall, CompatibleRoute } from "../../http";
import { MAX_EXTRACT_KB, MAX_SUBMISSIONS, NUMBERS } from "./asked";
import { notThere, VERSION } from "./door";
import { findLanguage, type Judge0Language, judge0Languages, MULTI_FILE_ID } from "./languages";
import { allStatuses } from "./statuses";

/** An endpoint that only tells something. */
function told(tell: (call: CompatibleCall) => Response | Promise<Response>): CompatibleRoute {
  return { method: "GET", scope: "read", answer: async (call) => tell(call) };
}

function json(make: (call: CompatibleCall) => unknown): CompatibleRoute {
  return told(async (call) => Response.json(await make(call)));
}

function text(make: (call: CompatibleCall) => string): CompatibleRoute {
  return told(
    (call) => new Response(make(call), { headers: { "Content-Type": "text/plain; charset=utf-8" } }),
  );
}

const listed = ({ services: { status } }: CompatibleCall) => judge0Languages(status.languages());

export const languages = json((call) => listed(call).map(({ id, name }) => ({ id, name })));

/** None is archived here: what is not offered is not there. */
export const allLanguages = json((call) =>
  listed(call).map(({ id, name }) => ({ id, name, is_archived: false })),
);

export const language = told(({ services: { status }, params }) => {
  const found = findLanguage(status.languages(), Number(params.id));
  return found ? Response.json(languageView(found)) : notThere();
});

function languageView({ id, name, language: { mainFile, commands } }: Judge0Language) {
  const own = id !== MULTI_FILE_ID;
  return {
    ...{ id, name, is_archived: false },
    source_file: own ? mainFile : null,
    compile_cmd: own ? (commands.compile?.join(" ") ?? null) : null,
    run_cmd: own ? commands.run.join(" ") : null,
  };
}

export const statuses = json(() => allStatuses());

export const about = json(({ url, services: { env, status } }) => ({
  version: VERSION,
  homepage: env.publicUrl ?? url.origin,
  source_code: env.publicUrl ?? url.origin,
  maintainer: `Quicksand ${status.version}, which speaks the API of Judge0`,
}));

/** All that the official clients want to be there. Limits are Judge0's own; what a plan has is in `GET /api/usage` and the documents. */
export const configuration = json(({ services: { env } }) => {
  const { number_of_runs, cpu_time_limit, cpu_extra_time, wall_time_limit, memory_limit } = NUMBERS;
  const { stack_limit, max_processes_and_or_threads, max_file_size } = NUMBERS;
  return {
    maintenance_mode: false,
    enable_wait_result: true,
    enable_compiler_options: true,
    allowed_languages_for_compile_options: [],
    enable_command_line_arguments: true,
    enable_submission_delete: true,
    enable_callbacks: true,
    callbacks_max_tries: 5,
    callbacks_timeout: 10,
    enable_additional_files: true,
    max_queue_size: env.queueLimit,
    cpu_time_limit: cpu_time_limit.usual,
    max_cpu_time_limit: cpu_time_limit.most,
    cpu_extra_time: cpu_extra_time.usual,
    max_cpu_extra_time: cpu_extra_time.most,
    wall_time_limit: wall_time_limit.usual,
    max_wall_time_limit: wall_time_limit.most,
    memory_limit: memory_limit.usual,
    max_memory_limit: memory_limit.most,
    stack_limit: stack_limit.usual,
    max_stack_limit: stack_limit.most,
    max_processes_and_or_threads: max_processes_and_or_threads.usual,
    max_max_processes_and_or_threads: max_processes_and_or_threads.most,
    enable_per_process_and_thread_time_limit: false,
    allow_enable_per_process_and_thread_time_limit: false,
    enable_per_process_and_thread_memory_limit: false,
    allow_enable_per_process_and_thread_memory_limit: false,
    max_file_size: max_file_size.usual,
    max_max_file_size: max_file_size.most,
    number_of_runs: number_of_runs.usual,
    max_number_of_runs: number_of_runs.most,
    redirect_stderr_to_stdout: false,
    max_extract_size: MAX_EXTRACT_KB,
    enable_batched_submissions: true,
    max_submission_batch_size: MAX_SUBMISSIONS,
    submission_cache_duration: 0,
    use_docs_as_homepage: false,
    allow_enable_network: false,
    enable_network: false,
  };
});

/** Judge0 prints `lscpu` and `free`. What exactly runs here is for admins. */
export const systemInfo = json(() => ({
  Architecture: os.arch() === "x64" ? "x86_64" : os.arch(),
  "CPU(s)": String(os.availableParallelism()),
  Mem: `${Math.round(os.totalmem() / 1_048_576)} MiB`,
}));

/** Of the viewer's own runs, where Judge0 has those of all. */
export const statistics = json(async ({ services: { runs }, viewer }) => {
  const { days, runs: total } = await runs.statistics(viewer, 30);
  const now = new Date().toISOString();
  return {
    created_at: now,
    cached_until: now,
    submissions: {
      total,
      today: days.at(-1)?.runs ?? 0,
      last_30_days: Object.fromEntries(days.map(({ day, runs: count }) => [day, count])),
    },
  };
});

export const version = text(() => VERSION);

export const isolation = text(
  ({ services: { status } }) =>
    `Quicksand ${status.version}: programs run in Docker containers, not under isolate.\n`,
);

export const license = text(() => "Quicksand is under the MIT License.\n");

export const workers = json(async ({ services: { status } }) => {
  const { queue, hour } = await status.report();
  const idle = Math.max(0, queue.concurrency - queue.running);
  return [
    {
      queue: "default",
      size: queue.waiting,
      available: queue.concurrency,
      idle,
      working: queue.running,
      paused: 0,
      failed: hour.failed,
    },
  ];
});

/** The door has refused a key that does not work. */
export const authenticate: CompatibleRoute = {
  ...{ method: "POST", scope: "read" },
  answer: async () => new Response(null, { status: 200 }),
};

/** What needs it is for accounts. */
export const authorize: CompatibleRoute = {
  ...{ method: "POST", scope: "read" },
  answer: async ({ identity }) => new Response(null, { status: identity.user ? 200 : 403 }),
};
