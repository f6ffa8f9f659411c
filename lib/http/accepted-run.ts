import type { Viewer } from "../auth/viewer";
import { AppError } from "../errors";
import type { SubmitOptions, SubmittedRun } from "../runs";
import type { AcceptedRun } from "../schemas/accepted-run";
import type { endpoints } from "../schemas/endpoints";
import type { RunRequest } from "../schemas/run";
import type { Services } from "../services";
import type { EndedRun } from "../webhooks";
import { errorBody } from "./error-response";
import { quotaHeaders } from "./quota-headers";
import type { Handler } from "./route";

/**
 * Submits a run whose client polls for the result, and notifies its owner's webhooks when it ends. A run that could not be started was
 * refused, or is stored as `system_error`. Where its end cannot be read back nobody is told, and it is logged.
 */
export async function submitUnwatched(
  { runs, webhooks, log }: Pick<Services, "runs" | "webhooks" | "log">,
  viewer: Viewer,
  request: RunRequest,
  options: SubmitOptions = {},
): Promise<SubmittedRun> {
  const submitted = await runs.submit(viewer, request, options);
  const tell = (run: EndedRun) => webhooks.runEnded(viewer, run);
  const tellStored = async () => {
    const { status, ...run } = await runs.get(viewer, submitted.id);
    if (status === "running") throw new Error("it ended, and is stored as running");
    await tell({ ...run, status });
  };
  submitted.result.then(tell, tellStored).catch((error: unknown) => {
    // Its owner deleted it meanwhile.
    if (error instanceof AppError && error.code === "not_found") return;
    log.error({ err: error, run: submitted.id }, "could not read how a run ended; its webhooks are not told");
  });
  return submitted;
}

async function accept(
  services: Pick<Services, "runs" | "webhooks" | "log">,
  viewer: Viewer,
  request: RunRequest,
): Promise<AcceptedRun> {
  return acceptedRun(await submitUnwatched(services, viewer, request), request);
}

/** `POST /api/runs`: responds at once; the run continues, and the client polls for it. */
export const acceptRun: Handler<typeof endpoints.submitRun> = async ({ services, viewer, body }) => {
  const accepted = await accept(services, viewer, body);
  const headers = { ...quotaHeaders(accepted.usage), Location: accepted.links.self };
  return Response.json(accepted, { status: 202, headers });
};

/** `POST /api/runs/batch`: the same of several. Only when none of them is accepted the request as a whole is refused, as the first was. */
export const acceptRuns: Handler<typeof endpoints.submitRuns> = async ({
  services,
  viewer,
  body,
  onError,
}) => {
  const submitted = await Promise.allSettled(body.runs.map((request) => accept(services, viewer, request)));
  const answers = submitted.map((outcome) =>
    outcome.status === "fulfilled" ? outcome.value : onError(outcome.reason),
  );
  const accepted = answers.flatMap((answer) => (answer instanceof AppError ? [] : [answer]));
  const [first] = answers;
  if (accepted.length === 0 && first instanceof AppError) throw first;
  const used = accepted.map(({ usage }) => usage).sort((a, b) => b.used - a.used)[0];
  return Response.json(
    { runs: answers.map((answer) => (answer instanceof AppError ? errorBody(answer) : answer)) },
    { status: 202, headers: used ? quotaHeaders(used) : {} },
  );
};

function acceptedRun({ id, usage }: SubmittedRun, { mode, tests }: RunRequest): AcceptedRun {
  const self = `/api/runs/${id}`;
  const typed = mode !== "batch" && tests.length === 0;
  return {
    id,
    status: "running",
    links: {
      self,
      events: `${self}/events`,
      cancel: `${self}/cancel`,
      ...(typed ? { input: `${self}/input` } : {}),
      ...(typed && mode === "terminal" ? { terminal: `${self}/terminal` } : {}),
    },
    usage,
  };
}
