import type { Viewer } from "../auth/viewer";
import { AppError } from "../errors";
import type { Language } from "../languages";
import type { Catalogue } from "../languages/catalogue";
import type { Plans } from "../plans";
import type { Rates } from "../rates";
import type { FormatRequest, FormatResult } from "../schemas/format";
import { planForbids, takeMinute } from "./admission";
import { type FormatterEnd, formatLimits, type RunFormatter } from "./format-program";

/** Beside the runs, which have a queue: so many at once in this process, and further ones are refused. A formatter takes a second. */
const AT_ONCE = 4;
/** Of these, the accounts and browsers of one network: there is a place for others, whoever is busy there. */
const AT_ONCE_PER_NETWORK = AT_ONCE - 1;
const MAX_MESSAGE_CHARS = 2_000;

export interface FormatterOptions {
  runFormatter: RunFormatter;
  catalogue: Catalogue;
  plans: Plans;
  rates: Rates;
}

/** Formats programs by each language's own formatter (ADR 77). */
export interface Formatter {
  /**
   * Runs the formatter like a program of the viewer's: in a sandbox, under their plan's limits, and as one of their runs of this minute.
   * It is not stored, and not one of the day's. Throws `unknown_language`, `invalid_request` for a language without a formatter,
   * `plan_forbids`, `rate_limited`, `queue_full`, `docker_unavailable`, `image_unavailable`.
   */
  format(viewer: Viewer, request: FormatRequest, signal: AbortSignal): Promise<FormatResult>;
}

export function createFormatter({ runFormatter, catalogue, plans, rates }: FormatterOptions): Formatter {
  /** The accounts whose formatter runs, with their networks. */
  const running = new Map<string, readonly string[]>();

  function hasPlace({ account, networks = [] }: Viewer): boolean {
    if (running.has(account) || running.size >= AT_ONCE) return false;
    const others = [...running.values()];
    return networks.every(
      (network) => others.filter((theirs) => theirs.includes(network)).length < AT_ONCE_PER_NETWORK,
    );
  }

  return {
    async format(viewer, request, signal) {
      const language = catalogue.find(request.language);
      const { languages } = plans[viewer.plan];
      if (languages !== "*" && !languages.includes(language.id))
        throw planForbids(viewer.plan, language.name);
      if (!language.format) throw noFormatter(language);
      // What is blank is formatted already, and some formatters print nothing for it.
      if (request.code.trim() === "") return { code: request.code, message: null };
      const minute = await takeMinute(rates, viewer, plans[viewer.plan]);
      if (!hasPlace(viewer)) {
        await minute.giveBack();
        throw busy();
      }
      running.set(viewer.account, viewer.networks ?? []);
      try {
        const limits = formatLimits(plans[viewer.plan].limits, language);
        const { code, tabWidth } = request;
        const end = await runFormatter({ language, style: { tabWidth }, code, limits }, signal);
        return resultOf(end, language);
      } catch (error) {
        await minute.giveBack();
        throw error;
      } finally {
        running.delete(viewer.account);
      }
    },
  };
}

/** Only a whole text that the formatter is content with is passed on: it replaces somebody's program. */
function resultOf({ status, output, message }: FormatterEnd, { name }: Language): FormatResult {
  const { stdout, stderr, exitCode, truncated } = output;
  if (status === "success" && !truncated && stdout.trim() !== "") return { code: stdout, message: null };
  if (exitCode === 127)
    return { code: null, message: `The image of ${name} on this server has no formatter.` };
  const said = stderr.trim() || message || `The formatter ended with ${status}.`;
  return { code: null, message: said.slice(0, MAX_MESSAGE_CHARS) };
}

function noFormatter({ id, name }: Language): AppError {
  const message = `\`language\` is "${id}", for which there is no formatter here; ${name} is formatted in the browser, or not at all.`;
  return new AppError("invalid_request", message, { details: [{ path: "language", message }] });
}

function busy(): AppError {
  return new AppError("queue_full", "Another program is just being formatted; try again in a second.", {
    retryAfterS: 1,
  });
}
