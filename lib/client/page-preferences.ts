import { createPreferences, type PreferencesOptions } from "./preferences";
import { browserStorage } from "./storage";

type AccountSide = Pick<PreferencesOptions, "send" | "onSent" | "onFailure">;

let account: AccountSide = {
  // Nothing is to be sent before somebody is known to be signed in, and who finds that out connects the account.
  send: () =>
    Promise.reject(new Error("Expected the account to be connected before a change is sent to it.")),
  onSent: () => {},
  onFailure: (error) => console.error("A preference was not stored in the account.", error),
};

/** One store for the page, so that header, editor and settings cannot disagree. */
export const preferences = createPreferences({
  storage: browserStorage,
  delayMs: 500,
  send: (change) => account.send(change),
  onSent: (sent) => account.onSent(sent),
  onFailure: (error) => account.onFailure(error),
});

/** Connects the store with the viewer's account. An embed, which has none, need not load what requests are made with. */
export function connectAccount(side: AccountSide): void {
  account = side;
}
