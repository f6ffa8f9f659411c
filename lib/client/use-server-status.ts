"use client";

import useSWR from "swr";
import type { ServerStatus } from "../schemas/status";
import { type ApiError, call } from "./api";

const REFRESH_MS = 5_000;

export interface ServerStatusState {
  /** The last answer; `null` before the first. */
  status: ServerStatus | null;
  /** Why the last request failed; `null` when `status` is of now. */
  error: ApiError | null;
  refresh: () => void;
}

/** How the server is, asked again every few seconds while the page is seen, also while there is no answer. */
export function useServerStatus(): ServerStatusState {
  const { data, error, mutate } = useSWR<ServerStatus, ApiError>("status", () => call("status"), {
    refreshInterval: REFRESH_MS,
    dedupingInterval: 1_000,
    // SWR's own way waits longer each time; a server that is being started again is to be seen soon.
    onErrorRetry: (_error, _key, _config, revalidate, { retryCount }) => {
      setTimeout(() => void revalidate({ retryCount }), REFRESH_MS);
    },
  });
  return { status: data ?? null, error: error ?? null, refresh: () => void mutate().catch(() => {}) };
}
