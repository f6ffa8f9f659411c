"use client";

import { useCallback } from "react";
import useSWR from "swr";
import type { AdminUser, AdminUserChange } from "../schemas/admin";
import { type ApiError, call } from "./api";
import { refreshAuditLog, refreshUsers } from "./use-admin";

interface WaitingUsers {
  /** `null` until they are loaded. */
  users: readonly AdminUser[] | null;
  error: ApiError | null;
  refresh: () => void;
  /** Rejects with `ApiError`. */
  change: (id: string, change: AdminUserChange) => Promise<void>;
}

const REFRESH_MS = 15_000;

/** Accounts that wait for approval, the first to sign up first. Asked for again, since somebody sits and waits. */
export function useWaitingUsers(): WaitingUsers {
  const { data, error, mutate } = useSWR<{ users: AdminUser[] }, ApiError>(
    "admin-waiting",
    () => call("adminUsers", { query: { waiting: "true" } }),
    { refreshInterval: REFRESH_MS, shouldRetryOnError: false },
  );
  const change = useCallback(
    async (id: string, body: AdminUserChange) => {
      await call("adminUpdateUser", { params: { id }, body });
      await mutate();
      refreshUsers();
      refreshAuditLog();
    },
    [mutate],
  );
  return { users: data?.users ?? null, error: error ?? null, refresh: () => void mutate(), change };
}
