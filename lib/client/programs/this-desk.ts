"use client";

import { newProgramId } from "../../schemas/program";
import { unreachable } from "../api";
import { browserStorage } from "../storage";
import { createDesk, type Desk, type Moved } from "./desk";
import { serverApi } from "./desk-api";
import { createShelf, heardProgram, type Shelf } from "./shelf";

/** How long a save waits for the page to know who asks. */
const IDENTIFY_MS = 4_000;

/** This browser's programs. */
export const shelf: Shelf = createShelf(browserStorage);

const movedListeners = new Set<(moved: Moved) => void>();

/** Tells when what is typed here became another program; returns how to stop. */
export function onMoved(listener: (moved: Moved) => void): () => void {
  movedListeners.add(listener);
  return () => movedListeners.delete(listener);
}

let known: () => void = () => {};
const whenKnown = new Promise<void>((resolve) => {
  known = resolve;
});
let askAgain: () => Promise<boolean> = async () => false;

/** The page knows who asks: a new guest has their cookie. */
export function viewerIsKnown(): void {
  known();
}

/** How to find out again, where the first request for it failed. */
export function askAgainBy(ask: () => Promise<boolean>): void {
  askAgain = ask;
}

/** Two first requests at once would make two guests, and what one of them saved would be nobody's. */
async function identified(): Promise<void> {
  const late = new Promise<"late">((resolve) => setTimeout(() => resolve("late"), IDENTIFY_MS));
  if ((await Promise.race([whenKnown, late])) !== "late") return;
  if (!(await askAgain())) throw unreachable();
  known();
}

/** One per tab, so that client-side navigation loses nothing that is on its way. */
export const desk: Desk = createDesk({
  api: serverApi(identified),
  shelf,
  timers: {
    now: () => Date.now(),
    set: (work, ms) => setTimeout(work, ms),
    clear: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
  },
  newId: newProgramId,
  onMoved(moved) {
    for (const listener of movedListeners) listener(moved);
  },
});

/** Bound to the tab's lifetime, not a component's. */
if (typeof window !== "undefined") {
  window.addEventListener("storage", ({ key, newValue }) => {
    const program = heardProgram(key, newValue);
    if (program) desk.heard(program);
  });
  window.addEventListener("pagehide", () => desk.flush(true));
  window.addEventListener("online", () => desk.wake());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") desk.wake();
    else desk.flush(false);
  });
}

/** How long a sign-out waits for what is typed to be saved. */
const SEND_MS = 2_000;

/** Before the viewer becomes another: what is typed is still theirs. */
export async function sendEverything(): Promise<void> {
  await Promise.race([desk.send(), new Promise((resolve) => setTimeout(resolve, SEND_MS))]);
}

/** A program was deleted: this browser keeps nothing of it either. */
export function forgetProgram(id: string): void {
  desk.forget(id);
  shelf.remove(id);
}

/** A program was changed other than in the editor: what is kept of it here is looked at again. */
export function refreshProgram(id: string): void {
  if (desk.get(id) || shelf.read(id)) void desk.open(id);
}
