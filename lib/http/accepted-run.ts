import { AppError } from "../errors";
import type { SubmittedRun } from "../runs";
import type { AcceptedRun } from "../schemas/accepted-run";
import { endpoints } from "../schemas/endpoints";
import type { RunRequest } from "../schemas/run";
import { errorBody } from "./error-response";
import { quotaHeaders } from "./quota-headers";
import { route } from "./route";

/** `POST /api/runs`: the run goes on without its client, who asks for it later. */
export const acceptedRoute = route(endpoints.submitRun, async ({ services: { runs }, viewer, body }) => {
  const accepted = acceptedRun(await runs.submit(viewer, body), body);
  const headers = { ...quotaHeaders(accepted.usage), Location: accepted.links.self };
  return Response.json(accepted, { status: 202, headers });
});

/** `POST /api/runs/batch`: the same of several. Only when none of them is accepted the request as a whole is refused, as the first was. */
export const batchRoute = route(
  endpoints.submitRuns,
  async ({ services: { runs }, viewer, body, onError }) => {
    const submitted = await Promise.allSettled(body.runs.map((request) => runs.submit(viewer, request)));
    const answers = submitted.map((outcome, index) => {
      const request = body.runs[index];
      return outcome.status === "fulfilled" && request
        ? acceptedRun(outcome.value, request)
        : onError(outcome.status === "rejected" ? outcome.reason : undefined);
    });
    const accepted = answers.flatMap((answer) => (answer instanceof AppError ? [] : [answer]));
    const [first] = answers;
    if (accepted.length === 0 && first instanceof AppError) throw first;
    const used = accepted.map(({ usage }) => usage).sort((a, b) => b.used - a.used)[0];
    return Response.json(
      { runs: answers.map((answer) => (answer instanceof AppError ? errorBody(answer) : answer)) },
      { status: 202, headers: used ? quotaHeaders(used) : {} },
    );
  },
);

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
