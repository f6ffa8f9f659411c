"use client";

import { useCallback, useMemo } from "react";
import { mutate } from "swr";
import useSWRInfinite, { unstable_serialize } from "swr/infinite";
import type { AdminUser, AdminUserChange, AuditAction, AuditEntry } from "../schemas/admin";
import { type ApiError, call } from "./api";

/** A paginated list. */
export interface Pages<Item> {
  /** `null` until the first page has loaded. */
  items: readonly Item[] | null;
  error: ApiError | null;
  loading: boolean;
  /** There are no further pages. */
  ended: boolean;
  more: () => void;
  refresh: () => void;
}

export interface UserList extends Pages<AdminUser> {
  /** Rejects with `ApiError`. */
  change: (id: string, change: AdminUserChange) => Promise<AdminUser>;
}

type UserPage = { users: AdminUser[]; nextCursor: string | null };
type AuditPage = { entries: AuditEntry[]; nextCursor: string | null };
type Key = readonly [string, string, string | null];

/** Of every list on the admin page. */
export const OPTIONS = { keepPreviousData: true, shouldRetryOnError: false, revalidateFirstPage: true };

/** What the audit log is narrowed to; empty is everything. */
export interface AuditFilter {
  /** An e-mail address or an id. */
  person: string;
  action: AuditAction | "";
}

const EVERYTHING: AuditFilter = { person: "", action: "" };

/** The filter as the API's query; empty values count as absent there. */
export function auditQuery({ person, action }: AuditFilter): string {
  return new URLSearchParams({ ...(person && { person }), ...(action && { action }) }).toString();
}

const auditKey =
  (filter: AuditFilter) =>
  (_index: number, previous: AuditPage | null): Key | null =>
    previous?.nextCursor === null ? null : ["admin-audit", auditQuery(filter), previous?.nextCursor ?? null];

/** Reads the log anew where all of it is shown: what an admin does adds to it. */
export function refreshAuditLog(): void {
  void mutate(unstable_serialize(auditKey(EVERYTHING)));
}

const usersKey =
  (q: string) =>
  (_index: number, previous: UserPage | null): Key | null =>
    previous?.nextCursor === null ? null : ["admin-users", q, previous?.nextCursor ?? null];

/** Reads the list of all accounts anew. */
export function refreshUsers(): void {
  void mutate(unstable_serialize(usersKey("")));
}

/** Accounts that match the search, newest first. */
export function useAdminUsers(q: string): UserList {
  const list = useSWRInfinite<UserPage, ApiError>(
    usersKey(q),
    ([, words, cursor]: Key) =>
      call("adminUsers", { query: { ...(words && { q: words }), ...(cursor && { cursor }) } }),
    OPTIONS,
  );
  const { data, mutate: edit } = list;
  const items = useMemo(() => (data ? unique(data.flatMap(({ users }) => users)) : null), [data]);
  const change = useCallback(
    async (id: string, body: AdminUserChange) => {
      const changed = await call("adminUpdateUser", { params: { id }, body });
      const put = (user: AdminUser) => (user.id === id ? changed : user);
      await edit((pages) => pages?.map((page) => ({ ...page, users: page.users.map(put) })), {
        revalidate: false,
      });
      // The change has added an entry to the log.
      refreshAuditLog();
      return changed;
    },
    [edit],
  );
  return { ...pages(list, items), change };
}

/** The entries of the audit log that fit, newest first. */
export function useAuditLog(filter: AuditFilter): Pages<AuditEntry> {
  const list = useSWRInfinite<AuditPage, ApiError>(
    auditKey(filter),
    ([, words, cursor]: Key) =>
      call("audit", {
        query: { ...Object.fromEntries(new URLSearchParams(words)), ...(cursor && { cursor }) },
      }),
    OPTIONS,
  );
  const { data } = list;
  const items = useMemo(() => (data ? unique(data.flatMap(({ entries }) => entries)) : null), [data]);
  return pages(list, items);
}

interface Fetched {
  data?: readonly { nextCursor: string | null }[] | undefined;
  error?: ApiError | undefined;
  isValidating: boolean;
  setSize: (next: (size: number) => number) => unknown;
  mutate: () => unknown;
}

export function pages<Item>(list: Fetched, items: readonly Item[] | null): Pages<Item> {
  return {
    items,
    error: list.error ?? null,
    loading: list.isValidating,
    ended: list.data?.at(-1)?.nextCursor === null,
    more: () => void list.setSize((size) => size + 1),
    refresh: () => void list.mutate(),
  };
}

/** An item that moved to the next page between two requests occurs twice. */
export function unique<Item extends { id: string }>(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}
