"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useAccount } from "@/lib/client/account";
import { ApiError, unreachable } from "@/lib/client/api";
import type { Account, SignInWay } from "@/lib/schemas/account";
import { type Retry, useRetry } from "../use-retry";

const PASSWORD_ONLY: readonly SignInWay[] = ["password"];

interface AuthForm {
  /** Somebody is signed in, and on the way to the next page. */
  already: boolean;
  busy: boolean;
  /** Why it did not work, where that is not about single fields. */
  problem: ApiError | null;
  retry: Retry;
  offered: readonly SignInWay[];
  /** Does what signs in, then leaves; `refuse` shows what is wrong with single fields and answers whether it did. */
  enter: (attempt: () => Promise<void>, refuse: (error: ApiError) => boolean) => Promise<void>;
}

/**
 * What the pages for signing in and up have in common. Who is signed in already goes on. `given` is the account that the
 * server sent with the page, so that the first drawing is right; `null` where it could not tell.
 */
export function useAuthForm(next: string, given: Account | null): AuthForm {
  const account = useAccount().account ?? given;
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const retry = useRetry(problem);
  const already = account?.kind === "user" && !busy;

  useEffect(() => {
    if (already) router.replace(next);
  }, [already, next, router]);

  return {
    already,
    busy,
    problem,
    retry,
    offered: account?.offered ?? PASSWORD_ONLY,
    async enter(attempt, refuse) {
      if (busy || retry.leftS > 0) return;
      setBusy(true);
      setProblem(null);
      try {
        await attempt();
        // A full load: nothing that was fetched for the guest may be taken for the account's. Busy until it is there.
        window.location.assign(next);
      } catch (error) {
        const failure = error instanceof ApiError ? error : unreachable(error);
        setBusy(false);
        if (!refuse(failure)) setProblem(failure);
      }
    },
  };
}
