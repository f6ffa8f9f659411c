"use client";

import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";
import { THEME_KEY } from "@/lib/client/preferences";
import { PreferredTheme } from "./preferred-theme";
import { Toasts } from "./toasts";

/** Theme and toasts for every page. The nonce allows the theme's inline script. */
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
      {children}
      <Toasts />
    </ThemeProvider>
  );
}
