/** What is sent to and fro: JSON-RPC, as objects and without framing. */
interface Message {
  jsonrpc: "2.0";
  id?: number | string;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
}

/** Pyright's own message beside JSON-RPC: it wants a second worker, for checking in the background. */
interface WorkerWanted {
  type: "browser/newWorker";
  initialData: unknown;
  port: MessagePort;
}

interface Cancellation {
  readonly isCancellationRequested: boolean;
  onCancellationRequested(listener: () => void): unknown;
}

/** A language server in workers, as it is spoken to. */
export interface Connection {
  /** Rejects when the server answers with an error, and when the connection is closed. */
  request<Result>(method: string, params: unknown, cancellation?: Cancellation): Promise<Result>;
  notify(method: string, params: unknown): void;
  onNotification(method: string, listener: (params: unknown) => void): void;
  /** Ends the workers. */
  close(): void;
}

/** Starts a worker from `url` and speaks to it. `onFailure` is told when a worker cannot be loaded or breaks. */
export function connect(url: string, onFailure: (error: Error) => void): Connection {
  const workers: Worker[] = [];
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  const listeners = new Map<string, (params: unknown) => void>();
  let lastId = 0;
  let closed = false;

  function startWorker(boot: Record<string, unknown>, transfer: Transferable[]): Worker {
    const worker = new Worker(url);
    workers.push(worker);
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      if (!closed) onFailure(new Error(event.message || `The worker ${url} could not be loaded.`));
    });
    worker.postMessage({ type: "browser/boot", ...boot }, transfer);
    return worker;
  }

  const server = startWorker({ mode: "foreground" }, []);
  const send = (message: Omit<Message, "jsonrpc">) => {
    if (!closed) server.postMessage({ jsonrpc: "2.0", ...message });
  };

  server.addEventListener("message", ({ data }: MessageEvent<Message | WorkerWanted>) => {
    if ("type" in data) {
      const { initialData, port } = data;
      if (data.type === "browser/newWorker") startWorker({ mode: "background", initialData, port }, [port]);
    } else if (data.method === undefined) {
      const request = waiting.get(Number(data.id));
      waiting.delete(Number(data.id));
      if (data.error) request?.reject(new Error(data.error.message));
      else request?.resolve(data.result ?? null);
    } else if (data.id === undefined) {
      listeners.get(data.method)?.(data.params);
    } else {
      send({ id: data.id, result: answerTo(data.method, data.params) });
    }
  });

  return {
    request<Result>(method: string, params: unknown, cancellation?: Cancellation): Promise<Result> {
      if (closed) return Promise.reject(new Error("The language server has been ended."));
      const id = ++lastId;
      cancellation?.onCancellationRequested(() => {
        if (waiting.has(id)) send({ method: "$/cancelRequest", params: { id } });
      });
      return new Promise<Result>((resolve, reject) => {
        waiting.set(id, { resolve: (result) => resolve(result as Result), reject });
        send({ id, method, params });
      });
    },
    notify: (method, params) => send({ method, params }),
    onNotification: (method, listener) => listeners.set(method, listener),
    close() {
      closed = true;
      for (const worker of workers) worker.terminate();
      for (const { reject } of waiting.values()) reject(new Error("The language server has been ended."));
      waiting.clear();
    },
  };
}

/** What the server asks of us: its settings, one answer for each part; and to be allowed what it only announces. */
function answerTo(method: string, params: unknown): unknown {
  if (method !== "workspace/configuration") return null;
  const { items } = params as { items: readonly { section?: string }[] };
  // Names of modules that are not imported yet would be looked for in all of the standard library with every word.
  return items.map(({ section = "" }) =>
    section.endsWith("analysis") ? { autoImportCompletions: false, diagnosticMode: "openFilesOnly" } : {},
  );
}
