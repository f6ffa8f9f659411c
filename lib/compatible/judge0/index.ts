import { type CompatibleRoute, serveCompatible } from "../../http";
import type { Services } from "../../services";
import { DOOR } from "./door";

export {
  about,
  allLanguages,
  authenticate,
  authorize,
  configuration,
  isolation,
  language,
  languages,
  license,
  statistics,
  statuses,
  systemInfo,
  version,
  workers,
} from "./information";
export {
  createBatch,
  createSubmission,
  deleteSubmission,
  listSubmissions,
  readBatch,
  readSubmission,
} from "./submissions";

/** The exports of a route file of Judge0's API; without routes everything is answered as what is not there. */
export function serveJudge0(getServices: () => Promise<Services>, ...routes: readonly CompatibleRoute[]) {
  const handlers = serveCompatible(getServices, DOOR, ...routes);
  const handle: typeof handlers.GET = async (request, context) => {
    // All methods have one handler.
    const response = await handlers.GET(request, context);
    // As with a key in `Authorization`: a browser adds no cookies of ours to such a request of another site's page.
    if (request.headers.has("x-auth-token")) response.headers.set("Access-Control-Allow-Origin", "*");
    return response;
  };
  return Object.fromEntries(Object.keys(handlers).map((method) => [method, handle])) as typeof handlers;
}
