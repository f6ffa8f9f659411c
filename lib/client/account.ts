"use client";

import { useCallback, useMemo } from "react";
import useSWR from "swr";
import type { Account } from "../schemas/account";
import type { UsageReport } from "../schemas/history";
import type { LanguageInfo } from "../schemas/language";
import { type ApiError, call } from "./api";

export interface AccountState {
  /** `null` while nothing is known of the viewer: not asked yet, or the server did not say. Then nothing is claimed. */
  account: Account | null;
  /** Asks again; to be called after the account was changed. */
  refresh: () => Promise<void>;
}

/** Who the viewer is. One request serves the whole page, and it is made again when the page is come back to. */
export function useAccount(): AccountState {
  const { data, mutate } = useSWR<Account, ApiError>("account", () => call("account"), {
    shouldRetryOnError: false,
  });
  return {
    account: data ?? null,
    refresh: useCallback(async () => void (await mutate().catch(() => undefined)), [mutate]),
  };
}

/** What is used of today's runs; `null` while that is not known. */
export function useUsage(): UsageReport | null {
  const { account } = useAccount();
  // After the account: the answer to the first request makes a newcomer a guest, and two at once would make them two.
  const { data } = useSWR<UsageReport, ApiError>(
    account ? ["usage", account.user?.id ?? ""] : null,
    () => call("usage"),
    { shouldRetryOnError: false },
  );
  return data ?? null;
}

/** The languages with what the viewer's programs may use; the server tells everybody what guests' may. */
export function useViewerLimits(languages: readonly LanguageInfo[] | null): readonly LanguageInfo[] | null {
  const plan = useAccount().account?.plan;
  return useMemo(() => {
    if (!languages || !plan) return languages;
    const { timeoutMs, memoryBytes, cpus } = plan;
    return languages.map((language) => ({
      ...language,
      limits: { ...language.limits, run: { timeoutMs, memoryBytes, cpus } },
    }));
  }, [languages, plan]);
}
