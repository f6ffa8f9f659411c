"use client";

import { useSyncExternalStore } from "react";

/** The error code of a request that needs the password again. */
export const CONFIRMATION_REQUIRED = "confirmation_required";

/** A request that waits for the password. */
export interface Confirmation {
  /** Sends the request again, or gives it up. */
  answer: (given: boolean) => void;
}

let pending: Confirmation | null = null;
/** Pages that can ask: without one a request fails at once instead of waiting for ever. */
let askers = 0;
const listeners = new Set<() => void>();

function set(next: Confirmation | null): void {
  pending = next;
  for (const listener of listeners) listener();
}

type Answer = "given" | "refused" | "nobody to ask";
let asking: Promise<Answer> | null = null;

/** Asks for the password. Requests that come meanwhile wait for the same answer. */
export function askForPassword(): Promise<Answer> {
  if (askers === 0) return Promise.resolve("nobody to ask");
  asking ??= new Promise<Answer>((resolve) => {
    set({
      answer(given) {
        asking = null;
        set(null);
        resolve(given ? "given" : "refused");
      },
    });
  });
  return asking;
}

/** What the dialog is to ask; `null` while nothing waits. Only the one component that asks calls this. */
export function usePendingConfirmation(): Confirmation | null {
  return useSyncExternalStore(
    subscribe,
    () => pending,
    () => null,
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  askers += 1;
  return () => {
    listeners.delete(listener);
    askers -= 1;
    if (askers === 0) pending?.answer(false);
  };
}
