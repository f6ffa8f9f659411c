"use client";

import { useEffect, useSyncExternalStore } from "react";
import { mutate } from "swr";
import type { Account } from "../schemas/account";
import type { Preferences } from "../schemas/preferences";
import { DEFAULT_PREFERENCES } from "../schemas/preferences";
import { useAccount } from "./account";
import { call } from "./api";
import { connectAccount, preferences } from "./page-preferences";
import type { PreferencesChange } from "./preferences";
import { toast } from "./toast";

connectAccount({
  send: (body) => call("updatePreferences", { body, keepalive: true }),
  onSent(sent) {
    const put = (account: Account | undefined) =>
      account?.user ? { ...account, user: { ...account.user, preferences: sent } } : account;
    void mutate<Account>("account", put, { revalidate: false });
  },
  onFailure(error) {
    toast("Your account did not take the preferences over", {
      id: "preferences",
      description: `${error instanceof Error ? error.message : ""} They are kept in this browser.`,
    });
  },
});

const subscribe = (listener: () => void) => preferences.subscribe(listener);

/** The preferences and a function to change them: stored in the account, or in the browser for guests. */
export function usePreferences(): [Preferences, (patch: PreferencesChange) => void] {
  const { account } = useAccount();
  const user = account?.user;
  const known = account !== null;
  useEffect(() => {
    if (known) preferences.setOwner(user ? { id: user.id, preferences: user.preferences } : null);
  }, [known, user]);
  return [useSyncExternalStore(subscribe, preferences.get, () => DEFAULT_PREFERENCES), preferences.change];
}
