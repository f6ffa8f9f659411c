import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { Providers } from "@/components/providers";
import "./globals.css";

export const metadata: Metadata = {
  // For pages that are not there; a run's page, whose addresses are read elsewhere, gives its own. Next.js logs a warning where there is none.
  metadataBase: new URL("http://localhost"),
  title: { default: "Quicksand", template: "%s · Quicksand" },
  description: "Write a program, press Run, see real output from a single-use sandbox.",
  applicationName: "Quicksand",
  manifest: "/manifest.webmanifest",
  // All of them: what is listed here replaces the icon that Next.js finds beside this file.
  icons: { icon: { url: "/icon.svg", type: "image/svg+xml" }, apple: "/apple-touch-icon.png" },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  // An on-screen keyboard makes the page smaller instead of lying on it.
  interactiveWidget: "resizes-content",
  // The bars of the page reach into the corners of the screen, and keep their content out of them.
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f6f4f1" },
    { media: "(prefers-color-scheme: dark)", color: "#0e0d0c" },
  ],
};

/** Reading the nonce makes every page dynamic, which is required: a cached page would carry a stale nonce. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    // A script sets the theme's class before hydration, so the server's markup differs.
    <html lang="en" suppressHydrationWarning>
      <body>
        <Providers nonce={nonce}>{children}</Providers>
      </body>
    </html>
  );
}
