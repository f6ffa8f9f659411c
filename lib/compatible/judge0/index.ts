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
  return serveCompatible(getServices, DOOR, ...routes);
}
