"use client";

import { useCallback, useMemo } from "react";
import useSWR from "swr";
import type { Account } from "../schemas/account";
import type { UsageReport } from "../schemas/history";
import type { LanguageInfo } from "../schemas/language";
import { type ApiError, call } from "./api";

export interface AccountState {
  /** `null` while the viewer is unknown: not loaded yet, or the request failed. */
  account: Account | null;
  /** Loads it again; call after changing the account. */
  refresh: () => Promise<void>;
}

/** The viewer's account. One request for the whole page, repeated when the window regains focus. */
export function useAccount(): AccountState {
  const { data, mutate } = useSWR<Account, ApiError>("account", () => call("account"), {
    shouldRetryOnError: false,
  });
  return {
    account: data ?? null,
    refresh: useCallback(async () => void (await mutate().catch(() => undefined)), [mutate]),
  };
}

/** After the account request, and by itself: its answer names a new guest, and two requests at once would make two guests. */
function useUsageAnswer() {
  const { account } = useAccount();
  return useSWR<UsageReport, ApiError>(
    account ? ["usage", account.user?.id ?? ""] : null,
    () => call("usage"),
    { shouldRetryOnError: false },
  );
}

/** Today's usage; `null` while unknown. */
export function useUsage(): UsageReport | null {
  return useUsageAnswer().data ?? null;
}

/** Whether the server and this browser have the same name for the viewer. What is stored before that could be another guest's. */
export function useIsNamed(): boolean {
  const { data, error } = useUsageAnswer();
  return data !== undefined || error !== undefined;
}

/** The languages with the limits of the viewer's plan; the API lists those of guests. */
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
