import * as z from "zod";
import type { AnswerStore, BegunRequest, KeptAnswer } from "../answers";
import { BATCH_ROWS, untilNone } from "./batches";
import type { EmbeddedDatabase } from "./database";
import { json } from "./rows";

/** The answer as JSON, which escapes what a text here must not contain. */
const answerRow = z.object({ fingerprint: z.string(), answer: json(z.string()).nullable() });

export class EmbeddedAnswers implements AnswerStore {
  readonly #database: EmbeddedDatabase;

  constructor(database: EmbeddedDatabase) {
    this.#database = database;
  }

  async begin(request: BegunRequest): Promise<KeptAnswer | null> {
    const { id, fingerprint, startedAt, expiresAt, givenUpBefore } = request;
    return this.#database.groupCommit(() => {
      const earlier = this.#database.get(
        answerRow,
        `SELECT fingerprint, answer FROM answers
         WHERE id = ? AND expires_at > ? AND (answer IS NOT NULL OR started_at >= ?)`,
        id,
        startedAt.getTime(),
        givenUpBefore.getTime(),
      );
      if (earlier) return earlier;
      this.#database.run(
        "INSERT OR REPLACE INTO answers (id, fingerprint, answer, started_at, expires_at) VALUES (?, ?, NULL, ?, ?)",
        id,
        fingerprint,
        startedAt.getTime(),
        expiresAt.getTime(),
      );
      return null;
    });
  }

  async keep(id: string, answer: string): Promise<void> {
    await this.#database.groupCommit(() =>
      this.#database.run("UPDATE answers SET answer = ? WHERE id = ?", JSON.stringify(answer), id),
    );
  }

  async forget(id: string): Promise<void> {
    this.#database.run("DELETE FROM answers WHERE id = ?", id);
  }
}

export function pruneAnswers(database: EmbeddedDatabase, now: Date): Promise<number> {
  const some = "SELECT id FROM answers WHERE expires_at <= ? LIMIT ?";
  return untilNone(() =>
    database.run(`DELETE FROM answers WHERE id IN (${some})`, now.getTime(), BATCH_ROWS),
  );
}
