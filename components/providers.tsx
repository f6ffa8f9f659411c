"use client";

import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";
import { Toaster } from "sonner";
import { THEME_KEY } from "@/lib/client/preferences";
import { PreferredTheme } from "./preferred-theme";
import { TooltipProvider } from "./ui/tooltip";

/** Theme, tooltips and toasts for every page. The nonce allows the theme's inline script. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      storageKey={THEME_KEY}
      {...(nonce === undefined ? {} : { nonce })}
    >
      <PreferredTheme />
      <TooltipProvider>{children}</TooltipProvider>
      <Toaster
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
    </ThemeProvider>
  );
}
