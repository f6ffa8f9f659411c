"use client";

import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";
import { THEME_KEY } from "@/lib/client/preferences";
import { PreferredTheme } from "./preferred-theme";
import { Toasts } from "./toasts";
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
      <Toasts />
    </ThemeProvider>
  );
}
