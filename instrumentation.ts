/** Next.js calls this once when the server starts, before it answers the first request. */
export async function register(): Promise<void> {
  // Next.js replaces exactly this expression in the build, which keeps the server's modules out of other runtimes.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { startServer } = await import("./lib/server");
    await startServer();
  }
}
