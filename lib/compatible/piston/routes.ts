import { AppError } from "../../errors";
import { type CompatibleCall, serveCompatible } from "../../http";
import { quotaHeaders } from "../../http/quota-headers";
import { MAX_BODY_BYTES } from "../../schemas/limits";
import type { Services } from "../../services";
import { everyRoute, fieldsOf, PISTON_VERSION, pistonDoor } from "./door";
import { jobOf } from "./job";
import { executed } from "./result";
import { echoed, findRuntime, type Runtime, runtimesOf, shown } from "./runtimes";

type GetServices = () => Promise<Services>;

const runtimesFor = ({ services: { status } }: CompatibleCall): Runtime[] => runtimesOf(status.languages());

/** `GET /api/v2`. */
export function serveRoot(services: GetServices) {
  const answer = async () => Response.json({ message: `Piston v${PISTON_VERSION}` });
  return serveCompatible(services, pistonDoor, ...everyRoute({ method: "GET", scope: "read", answer }));
}

/** Every address below that there is nothing at. */
export function serveNothing(services: GetServices) {
  return serveCompatible(services, pistonDoor, ...everyRoute());
}

/** `GET /api/v2/runtimes`: every language that is offered, also one whose image is made at its first run. */
export function serveRuntimes(services: GetServices) {
  const answer = async (call: CompatibleCall) => Response.json(runtimesFor(call).map(shown));
  return serveCompatible(services, pistonDoor, ...everyRoute({ method: "GET", scope: "read", answer }));
}

/** `POST /api/v2/execute`: runs a program and answers when it has ended. Its client's going away cancels it. */
export function serveExecute(services: GetServices) {
  const answer = async (call: CompatibleCall) => {
    const { request, viewer } = call;
    const { runs, env } = call.services;
    const planLimits = env.plans[viewer.plan].limits;
    const job = jobOf(fieldsOf(call), { runtimes: runtimesFor(call), planLimits, mode: "batch" });
    const { usage, result } = await runs.submit(viewer, job.request, { signal: request.signal });
    return Response.json(executed(await result, job.runtime), { headers: quotaHeaders(usage) });
  };
  const route = { method: "POST", scope: "run", maxBodyBytes: MAX_BODY_BYTES, answer } as const;
  return serveCompatible(services, pistonDoor, ...everyRoute(route));
}

/** `/api/v2/packages`: what there is. To add and remove languages is for whoever runs this server, by its settings. */
export function servePackages(services: GetServices) {
  const list = async (call: CompatibleCall) =>
    Response.json(
      runtimesFor(call).map(({ language, version, ready }) => ({
        ...{ language, language_version: version, installed: ready },
      })),
    );
  const refuse = async (call: CompatibleCall): Promise<Response> => {
    const { language, version } = fieldsOf(call);
    const known =
      typeof language === "string" && typeof version === "string"
        ? findRuntime(runtimesFor(call), language, version)
        : undefined;
    if (!known)
      throw new AppError(
        "not_found",
        `Requested package ${echoed(language)}-${echoed(version)} does not exist`,
      );
    throw new AppError(
      "forbidden",
      "Packages of this server are installed and removed by whoever runs it: `npm run images -- NAME` makes the image of a language, `QUICKSAND_LANGUAGES` says which are offered.",
    );
  };
  const routes = everyRoute(
    { method: "GET", scope: "read", answer: list },
    { method: "POST", scope: "run", answer: refuse },
    { method: "DELETE", scope: "run", answer: refuse },
  );
  return serveCompatible(services, pistonDoor, ...routes);
}
