import type { SentCommand } from "../mongo";
import { withDatabase } from "./mongo-server";

const EXPLAINABLE = new Set(["find", "aggregate", "update", "delete", "findAndModify"]);

/** Collects one example of every kind of command a store sends, and asks the server for its query plan. */
export class PlanWatch {
  readonly #sent = new Map<string, SentCommand>();

  readonly onCommand = (command: SentCommand): void => {
    if (EXPLAINABLE.has(command.name)) this.#sent.set(shapeOf(command), command);
  };

  get kinds(): number {
    return this.#sent.size;
  }

  /** The kinds that would scan a whole collection. */
  async scanning(uri: string): Promise<string[]> {
    const found: string[] = [];
    await withDatabase(uri, async (connection) => {
      for (const [shape, command] of this.#sent) {
        const query = asQuery(command);
        if (isById(query)) continue;
        const plan = await connection.db?.command({ explain: query, verbosity: "queryPlanner" });
        if (/COLLSCAN/.test(JSON.stringify(plan))) found.push(shape);
      }
    });
    return found;
  }
}

/** A command without its values; commands of the same kind have the same plan. */
function shapeOf({ name, command }: SentCommand): string {
  const { filter, query, updates, deletes, pipeline, sort } = command;
  const shape = JSON.stringify({ filter, query, updates, deletes, pipeline, sort }, (key, value: unknown) => {
    if (key === "u") return undefined;
    if (Array.isArray(value)) return value.slice(0, 3);
    return typeof value === "object" && value !== null ? value : typeof value;
  });
  return `${name} ${String(command[name])} ${shape}`;
}

/** The part of a command that finds documents, as a query, because not every server explains writes. */
function asQuery({ name, command }: SentCommand): Record<string, unknown> {
  const collection = command[name];
  const writes = command.updates ?? command.deletes;
  const write = Array.isArray(writes) ? writes[0] : {};
  switch (name) {
    case "find":
      return { find: collection, filter: command.filter, sort: command.sort ?? {}, ...hintOf(command) };
    case "aggregate":
      return { aggregate: collection, pipeline: command.pipeline, cursor: {} };
    case "findAndModify":
      return { find: collection, filter: command.query, ...hintOf(command) };
    default:
      return { find: collection, filter: write.q, ...hintOf(write) };
  }
}

function hintOf({ hint }: { hint?: unknown }): { hint?: unknown } {
  return hint ? { hint } : {};
}

/** A filter by `_id` reads those documents at most, whatever else it contains; not every server's `explain` shows that. */
function isById({ filter }: Record<string, unknown>): boolean {
  const id = typeof filter === "object" && filter !== null && "_id" in filter ? filter._id : undefined;
  return typeof id === "string" || (typeof id === "object" && id !== null && "$in" in id);
}
