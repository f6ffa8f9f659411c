import { nanoid } from "nanoid";
import { AppError } from "../../errors";
import type { CompatibleCall } from "../../http";
import { MAX_ARTIFACTS_BYTES } from "../../schemas/limits";
import type {
  SessionFile,
  SessionFileHead,
  SessionFileLimits,
  SessionFileStore,
} from "../../store/session-files";
import { ID_LENGTH, isId } from "./schemas";

const MB = 1_048_576;
/** As long as LibreChat's own service keeps a session. */
const KEPT_MS = 86_400_000;
const LIMITS = { files: 200, bytes: 50 * MB, planFiles: 100_000 } satisfies Partial<SessionFileLimits>;
/** What a file counts of its network's day beside its bytes: its row, and its place among the plan's. */
const ROW_BYTES = 10_240;
/** What is kept of a type that its sender says: it is neither measured nor looked at otherwise. */
const TYPE = /^(?=.{1,100}$)[\w.+-]+\/[\w.+-]+(?:; ?charset=[\w-]+)?$/;

/** Largest file, and all files of one request together. */
export const MAX_UPLOAD_BYTES = MAX_ARTIFACTS_BYTES;

export interface NewFile {
  name: string;
  type: string;
  bytes: Uint8Array;
}

type Caller = Pick<CompatibleCall, "services" | "viewer">;

/** The files of a viewer's sessions. */
export class SessionFiles {
  readonly #services: Caller["services"];
  readonly #store: SessionFileStore;
  readonly #viewer: Caller["viewer"];

  constructor({ services, viewer }: Caller) {
    this.#services = services;
    this.#store = services.sessionFiles;
    this.#viewer = viewer;
  }

  /** Keeps them as the files of a new session. Throws `store_full`, and `quota_exceeded` when the network has kept enough today. */
  async keep(files: readonly NewFile[]): Promise<{ session: string; files: SessionFile[] }> {
    const { id: owner, plan } = this.#viewer;
    const session = nanoid(ID_LENGTH);
    const createdAt = new Date();
    const expiresAt = new Date(createdAt.getTime() + KEPT_MS);
    const kept = files.map((file) => ({
      ...file,
      type: TYPE.test(file.type) ? file.type : "application/octet-stream",
      id: nanoid(ID_LENGTH),
      session,
      owner,
      plan,
      createdAt,
      expiresAt,
    }));
    if (kept.length > 0) await this.#add(kept, createdAt);
    return { session, files: kept };
  }

  async #add(files: readonly SessionFile[], now: Date): Promise<void> {
    const { growth, env } = this.#services;
    const bytes = files.reduce((sum, file) => sum + file.bytes.byteLength + ROW_BYTES, 0);
    const taken = await growth.take(this.#viewer, bytes, now);
    try {
      const planBytes = env.plans[this.#viewer.plan].storedBytesInAll;
      await this.#store.add(files, { ...LIMITS, planBytes });
    } catch (error) {
      await taken.giveBack();
      throw error;
    }
  }

  async list(session: string): Promise<SessionFileHead[]> {
    return isId(session) ? this.#store.list(session, this.#viewer.id, new Date()) : [];
  }

  /** `null` for what is not there, has expired, or is another's. */
  async find(session: string, id: string): Promise<SessionFile | null> {
    return isId(session) && isId(id) ? this.#store.get(session, id, this.#viewer.id, new Date()) : null;
  }

  /** Throws `not_found`. */
  async get(session: string, id: string): Promise<SessionFile> {
    const file = await this.find(session, id);
    if (!file) throw noFile();
    return file;
  }

  /** Throws `not_found`. */
  async remove(session: string, id: string): Promise<void> {
    const known = isId(session) && isId(id);
    if (!known || !(await this.#store.remove(session, id, this.#viewer.id))) throw noFile();
  }
}

function noFile(): AppError {
  return new AppError("not_found", "File not found");
}

/** A file as lists show it. LibreChat finds it by the beginning of its name. */
export function fileObject({ id, session, name, type, size, createdAt }: SessionFileHead) {
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? "";
  return {
    name: `${session}/${id}${extension}`,
    id,
    session_id: session,
    size,
    lastModified: createdAt.toISOString(),
    // Files are never changed, so that their id names their content too.
    etag: id,
    metadata: { "content-type": type, "original-filename": name },
    contentType: type,
  };
}
