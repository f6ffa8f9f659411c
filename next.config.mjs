import securityHeaders from "./lib/http/security-headers.json" with { type: "json" };

/** @type {import("next").NextConfig} */
const config = {
  output: process.env.QUICKSAND_STANDALONE === "1" ? "standalone" : undefined,
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // There is nothing to optimise, and what `/_next/image` once made of a picture it keeps when that is not shown any more.
  images: { unoptimized: true },
  // `npm test` checks all types, tests included; starting the app need not wait for that.
  typescript: { ignoreBuildErrors: true },
  // The list of common passwords is tens of thousands of literals, over which the bundler takes minutes.
  serverExternalPackages: [
    "@opentelemetry/api",
    "@opentelemetry/exporter-trace-otlp-http",
    "@opentelemetry/resources",
    "@opentelemetry/sdk-trace-node",
    "@zxcvbn-ts/language-common",
    "dockerode",
    "libsql",
    "mongoose",
    "nodemailer",
    "pino",
    "prom-client",
  ],
  turbopack: {
    resolveAlias: {
      // monaco-vim imports a path that monaco-editor no longer exports.
      "monaco-editor/esm/vs/editor/editor.api": "monaco-editor/editor",
      // Monaco's own module loads all of the editor a second time; the key is the import as Monaco's language services write it.
      "../../../internal/common/workers.js": "./components/editor/monaco-web-worker.ts",
    },
  },
  /**
   * Sent with every answer. An API answer that is opened as a document may neither load nor run anything; the policy of pages needs a
   * nonce and comes from `proxy.ts`.
   */
  async headers() {
    return [
      { source: "/:path*", headers: securityHeaders.everywhere },
      { source: "/api/:path*", headers: securityHeaders.api },
      { source: "/judge0/:path*", headers: securityHeaders.api },
      // Made by bin/setup/language-servers.mjs: compressed, in a folder whose name has the version.
      { source: "/language-servers/:path*", headers: securityHeaders.languageServers },
      ...compressed("worker.js.gz", "text/javascript; charset=utf-8"),
      ...compressed("stdlib.json.gz", "application/json; charset=utf-8"),
      ...compressed("types.json.gz", "application/json; charset=utf-8"),
    ];
  },
};

/** The headers of a file that lies compressed in `public` and is sent as it is. */
function compressed(name, type) {
  const headers = [
    { key: "Content-Encoding", value: "gzip" },
    { key: "Content-Type", value: type },
  ];
  return [{ source: `/language-servers/:folder/${name}`, headers }];
}

export default config;
