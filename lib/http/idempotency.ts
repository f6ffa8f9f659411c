import { createHash } from "node:crypto";
import { AppError } from "../errors";
import type { Logger } from "../log";
import type { AnswerStore } from "../store/answers";

/** How long a response is replayed for a repeated key. */
const KEPT_MS = 86_400_000;
/** A request that was begun so long ago and has no answer was given up, by a process that died: it may be sent again. */
const GIVEN_UP_MS = 60_000;
/** The draft of the IETF has no limit; keys are random ids. */
const KEY = /^[\x21-\x7e]{1,255}$/;

/** A request that carries a key. */
export interface KeyedRequest {
  /** Whose it is: somebody else's key is another key. */
  asker: string;
  /** Method and path. */
  where: string;
  key: string;
  /** What has to be the same for it to be the same request. */
  sent: readonly (string | Uint8Array)[];
}

/** Carries out requests with an `Idempotency-Key` once, however often they are sent within a day. */
export interface Idempotency {
  /**
   * Throws `invalid_request` for what is no key, and `conflict` when the key was used for another request, or its first request is not
   * answered yet. A request that fails is forgotten, so that it can be sent again.
   */
  once(request: KeyedRequest, answer: () => Promise<Response>): Promise<Response>;
}

export interface IdempotencyOptions {
  answers: AnswerStore;
  log: Logger;
  clock?: () => Date;
}

export function createIdempotency({
  answers,
  log,
  clock = () => new Date(),
}: IdempotencyOptions): Idempotency {
  return {
    async once({ asker, where, key, sent }, answer) {
      if (!KEY.test(key)) {
        throw new AppError(
          "invalid_request",
          "`Idempotency-Key` must be 1 to 255 visible characters of ASCII, such as a UUID.",
        );
      }
      const id = hashOf([asker, where, key]);
      const fingerprint = hashOf(sent);
      const now = clock().getTime();
      const earlier = await answers.begin({
        ...{ id, fingerprint, startedAt: new Date(now), expiresAt: new Date(now + KEPT_MS) },
        givenUpBefore: new Date(now - GIVEN_UP_MS),
      });
      if (earlier) return replay(earlier, fingerprint);
      let response: Response;
      try {
        response = await answer();
      } catch (error) {
        await answers.forget(id).catch((cause: unknown) => {
          log.warn({ err: cause }, "could not forget a request that failed; its key works again in a minute");
        });
        throw error;
      }
      const kept = JSON.stringify({ status: response.status, body: await response.clone().text() });
      // What was done is done, and is answered.
      await answers.keep(id, kept).catch((cause: unknown) => {
        log.error({ err: cause }, "could not keep the answer of a request with an Idempotency-Key");
      });
      return response;
    },
  };
}

function replay(earlier: { fingerprint: string; answer: string | null }, fingerprint: string): Response {
  if (earlier.fingerprint !== fingerprint) {
    throw new AppError(
      "conflict",
      "This `Idempotency-Key` was used for another request; choose a new one for each.",
    );
  }
  if (earlier.answer === null) {
    throw new AppError("conflict", "The request with this `Idempotency-Key` is still being answered.", {
      retryAfterS: 1,
    });
  }
  const { status, body } = JSON.parse(earlier.answer) as { status: number; body: string };
  return new Response(body, {
    status,
    headers: { "Content-Type": "application/json", "Idempotency-Replayed": "true" },
  });
}

/** Each part with its length, so that no two lists are the same text. */
function hashOf(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) {
    const bytes = Buffer.from(part as Uint8Array);
    hash.update(`${bytes.byteLength}:`).update(bytes);
  }
  return hash.digest("base64url");
}
