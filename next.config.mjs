/** Sent with every answer, page or not. The page's Content-Security-Policy needs a nonce and comes from `proxy.ts`. */
const everywhere = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  {
    key: "Permissions-Policy",
    value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
  },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
];

/** An API answer opened as a document may neither load nor run anything. */
const apiPolicy = [
  { key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'; sandbox" },
];

/** @type {import("next").NextConfig} */
const config = {
  output: process.env.QUICKSAND_STANDALONE === "1" ? "standalone" : undefined,
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // `npm test` checks all types, tests included; whoever only starts the app need not wait for that again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["dockerode", "libsql", "mongoose", "pino"],
  turbopack: {
    resolveAlias: {
      // monaco-vim asks for this by a path that monaco-editor no longer exports; it must get the editor that is there.
      "monaco-editor/esm/vs/editor/editor.api": "monaco-editor/editor",
    },
  },
  async headers() {
    return [
      { source: "/:path*", headers: everywhere },
      { source: "/api/:path*", headers: apiPolicy },
    ];
  },
};

export default config;
