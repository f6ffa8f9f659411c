/** Called once by Next.js when the server starts, before it answers its first request. */
export async function register(): Promise<void> {
  // Next.js replaces this very expression when it builds, which keeps the server's modules out of other runtimes.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { startServer } = await import("./lib/server");
    await startServer();
  }
}
