import type { ExternalToast } from "sonner";
import { onDemand } from "./on-demand";

export type Toasts = typeof import("sonner");

let tell: (toasts: Toasts) => void = () => {};
/** There once they are loaded, by whatever asked first: a page that is idle, or a toast. */
export const toastsLoaded = new Promise<Toasts>((resolve) => {
  tell = resolve;
});

/** What shows toasts. No page needs it before there is something to say. */
export const loadToasts = onDemand(async () => {
  const toasts = await import("sonner");
  tell(toasts);
  return toasts;
});

/** Shows a toast, in the order of the calls. One that comes before there is something to show it with waits for that. */
export function toast(title: string, options: ExternalToast = {}): void {
  later(({ toast: show }) => show(title, options), title);
}

/** Takes a toast away by the id that it was shown with. */
export function dismissToast(id: string): void {
  later(({ toast: shown }) => shown.dismiss(id), id);
}

function later(act: (toasts: Toasts) => void, about: string): void {
  loadToasts().then(act, (error: unknown) => console.warn(`A toast could not be shown: ${about}`, error));
}
