"use client";

import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";
import { loadToasts, type Toasts as Shown, toastsLoaded } from "@/lib/client/toast";
import { whenIdle } from "@/lib/client/when-idle";

/**
 * Where toasts are shown. Loaded when the page has nothing else to do, or with the first toast, which waits for it; a screen reader has the
 * region, then, before there is something in it. An embed has nothing to say.
 */
export function Toasts() {
  const embedded = usePathname().startsWith("/embed/");
  const [toasts, setToasts] = useState<Shown | null>(null);
  useEffect(() => {
    let here = true;
    void toastsLoaded.then((loaded) => {
      if (here) setToasts(loaded);
    });
    const callOff = embedded ? () => {} : whenIdle(() => void loadToasts().catch(() => {}));
    return () => {
      here = false;
      callOff();
    };
  }, [embedded]);
  if (toasts === null) return null;
  return (
    <toasts.Toaster
      position="bottom-left"
      // Where no control is; see components/workbench/use-toast-place.ts.
      offset={{ left: "16px", bottom: "var(--toast-bottom, 16px)" }}
      mobileOffset={{ left: "12px", right: "12px", bottom: "var(--toast-bottom, 12px)" }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-[var(--width)] items-center gap-3 rounded-lg border border-line-strong bg-raised px-3.5 py-2.5 text-base text-ink shadow-pop",
          description: "text-sm text-muted",
          actionButton:
            "ml-auto shrink-0 rounded-md border border-line-strong px-2 py-1 text-sm font-medium hover:bg-hover",
        },
      }}
    />
  );
}
