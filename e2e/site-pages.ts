/** Every page that has an address of its own, for what has to hold on all of them. */
export const SITE_PAGES = [
  "/",
  "/programs",
  "/history",
  "/docs",
  "/docs/languages",
  "/docs/api",
  "/status",
  "/settings",
  "/sign-in",
  "/sign-up",
  "/forgot-password",
  "/history/compare",
] as const;
