import type { AnswerStore, BegunRequest, KeptAnswer } from "../answers";
import { isDuplicate, type MongoDatabase } from "./database";

export class MongoAnswers implements AnswerStore {
  readonly #database: MongoDatabase;

  constructor(database: MongoDatabase) {
    this.#database = database;
  }

  begin(request: BegunRequest): Promise<KeptAnswer | null> {
    const { id: _id, fingerprint, startedAt, expiresAt, givenUpBefore } = request;
    const begun = { fingerprint, answer: null, startedAt, expiresAt };
    return this.#database.step(async ({ answers }) => {
      // In one write: another process may begin the same at the same moment.
      const over = {
        _id,
        $or: [{ expiresAt: { $lte: startedAt } }, { answer: null, startedAt: { $lt: givenUpBefore } }],
      };
      try {
        await answers.updateOne(over, { $set: begun }, { upsert: true });
        return null;
      } catch (error) {
        // There is one that is not over, so none was found, and the insert met it.
        if (!isDuplicate(error)) throw error;
      }
      const row = await answers.findById(_id).lean();
      // Forgotten meanwhile: whoever sends it once more begins it.
      return row ? { fingerprint: row.fingerprint, answer: row.answer } : { fingerprint, answer: null };
    });
  }

  async keep(id: string, answer: string): Promise<void> {
    await this.#database.step(({ answers }) => answers.updateOne({ _id: id }, { $set: { answer } }));
  }

  async forget(id: string): Promise<void> {
    await this.#database.step(({ answers }) => answers.deleteOne({ _id: id }));
  }
}
