import { nanoid } from "nanoid";
import type { Viewer } from "../../auth/viewer";
import { AppError } from "../../errors";
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
const LIMITS: SessionFileLimits = { files: 200, bytes: 50 * MB, planBytes: 1_024 * MB };

/** Largest file, and all files of one request together. */
export const MAX_UPLOAD_BYTES = MAX_ARTIFACTS_BYTES;

export interface NewFile {
  name: string;
  type: string;
  bytes: Uint8Array;
}

/** The files of a viewer's sessions. */
export class SessionFiles {
  readonly #store: SessionFileStore;
  readonly #viewer: Viewer;

  constructor(store: SessionFileStore, viewer: Viewer) {
    this.#store = store;
    this.#viewer = viewer;
  }

  /** Keeps them as the files of a new session. Throws `store_full`. */
  async keep(files: readonly NewFile[]): Promise<{ session: string; files: SessionFile[] }> {
    const { id: owner, plan } = this.#viewer;
    const session = nanoid(ID_LENGTH);
    const createdAt = new Date();
    const expiresAt = new Date(createdAt.getTime() + KEPT_MS);
    const kept = files.map((file) => ({
      ...file,
      id: nanoid(ID_LENGTH),
      session,
      owner,
      plan,
      createdAt,
      expiresAt,
    }));
    if (kept.length > 0) await this.#store.add(kept, LIMITS);
    return { session, files: kept };
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
