/** What the modules behind a port may import: never one another. */
const BEHIND_A_PORT = ["schemas", "errors", "log", "languages", "plans", "metrics", "system"];
const PORTS = ["sandbox-port", "store-port", "queue-port"];

/**
 * The import directions of docs/architecture.md, as data. The first layer whose pattern fits a file is its layer; `may` lists what it may import
 * beside itself. Tests may reach for what they test with, so only the vendor rule holds for them.
 */
export const LAYERS = [
  layer("app", /^app\//, ["components", "ui", "server", "compatible", "http", "mcp", "auth", "schemas"]),
  layer("ui", /^components\/ui\//, []),
  layer("components", /^components\//, ["ui", "client", "language-editors", "schemas"]),
  layer("client", /^lib\/client\//, ["language-editors", "schemas"]),
  layer("schemas", /^lib\/schemas\//, []),
  // The browser's part of a language must not import the server's.
  layer("language-editors", /^lib\/languages\/([^/]+\/)?editor[^/]*$/, ["schemas"]),
  layer("languages", /^lib\/languages\//, ["schemas", "errors", "plans"]),
  layer("sandbox-port", /^lib\/sandbox\/sandbox$/, ["schemas", "languages", "plans"]),
  layer("store-port", /^lib\/store\/(index|accounts|answers|moderation|programs|session-files|webhooks)$/, [
    "store",
    "schemas",
    "plans",
  ]),
  layer("queue-port", /^lib\/queue\/(index|fleet)$/, ["queue", "schemas", "plans", "metrics"]),
  layer("sandbox", /^lib\/sandbox\//, ["sandbox-port", ...BEHIND_A_PORT]),
  layer("store", /^lib\/store\//, ["store-port", ...BEHIND_A_PORT]),
  layer("queue", /^lib\/queue\//, ["queue-port", ...BEHIND_A_PORT]),
  layer("runs", /^lib\/runs\//, [
    ...PORTS,
    ...BEHIND_A_PORT,
    "viewer",
    "rates",
    "telemetry-port",
    "work-context",
  ]),
  // What a web process knows of workers, and what a worker says of itself.
  layer("workers", /^lib\/workers(\/|$)/, [...PORTS, ...BEHIND_A_PORT, "runs", "manifest"]),
  layer("programs", /^lib\/programs\//, [...PORTS, ...BEHIND_A_PORT, "viewer", "runs"]),
  layer("webhooks", /^lib\/webhooks\//, ["store-port", "viewer", "schemas", "errors", "log"]),
  layer("accounts", /^lib\/accounts\//, [
    ...PORTS,
    ...BEHIND_A_PORT,
    "viewer",
    "runs",
    "programs",
    "auth",
    "limiters",
    "mail",
  ]),
  layer("mail", /^lib\/mail\//, ["log"]),
  layer("viewer", /^lib\/auth\/viewer$/, ["plans", "schemas"]),
  layer("auth", /^lib\/auth\//, [
    "store-port",
    "schemas",
    "errors",
    "log",
    "env",
    "plans",
    "viewer",
    "limiters",
    "system",
  ]),
  layer("http", /^lib\/http\//, [
    ...[
      "server",
      "auth",
      "runs",
      "webhooks",
      "viewer",
      "rates",
      "store-port",
      "schemas",
      "errors",
      "log",
      "plans",
      "metrics",
      "system",
      "work-context",
    ],
  ]),
  layer("mcp", /^lib\/mcp\//, ["http", "server", "schemas", "errors", "manifest"]),
  // Other services' APIs, each a folder: translations onto ours.
  layer("compatible", /^lib\/compatible\//, [
    ...["server", "http", "runs", "viewer", "store-port", "languages", "schemas", "errors", "plans"],
  ]),
  layer("health", /^lib\/(health|status)$/, ["manifest", ...PORTS, ...BEHIND_A_PORT]),
  layer("manifest", /^package$/, []),

  layer("plans", /^lib\/plans$/, ["schemas"]),
  layer("rates", /^lib\/rates$/, ["errors", "limiters"]),
  layer("limiters", /^lib\/limiters$/, ["log"]),
  // Time, files and processes of the machine; knows nothing of the product.
  layer("system", /^lib\/system\//, []),
  layer("errors", /^lib\/errors$/, ["schemas"]),
  layer("metrics", /^lib\/metrics$/, ["schemas", "log"]),
  layer("log", /^lib\/log$/, ["env", "work-context"]),
  layer("work-context", /^lib\/telemetry\/context$/, []),
  layer("telemetry-port", /^lib\/telemetry\/index$/, ["queue-port", "schemas", "errors"]),
  // Decorates ports; only the composition root knows of it.
  layer("telemetry", /^lib\/telemetry\//, [
    ...PORTS,
    ...["telemetry-port", "work-context", "manifest", "rates", "schemas", "errors", "log", "system"],
  ]),
  layer("env", /^lib\/env(-formats)?$/, ["plans", "schemas"]),
  layer("server", /^lib\/(server|services|worker|execution(\/.*)?)$/, [
    ...[
      "env",
      "manifest",
      "runs",
      "workers",
      "programs",
      "accounts",
      "webhooks",
      "rates",
      "limiters",
      "health",
      "auth",
      "http",
      "compatible",
      "viewer",
      "sandbox",
      "store",
      "queue",
      "mail",
      "telemetry",
    ],
    ...PORTS,
    ...BEHIND_A_PORT,
  ]),
  layer("root", /^(instrumentation|proxy)$/, ["server", "http", "auth", "schemas"]),
  layer("tools", /^(bin\/|e2e\/|[^/]+\.config$)/, "*"),
];

/**
 * Imports that are forbidden even in tests and fixtures: a folder that imports its users cannot be read, tested or moved without them. Tests
 * that need a route are in `app/testing`.
 */
export const DOWNWARD_ONLY = [
  {
    from: /^lib\//,
    never: /^(app|components)\//,
    because: "lib knows neither pages nor components, not in its tests either",
  },
  { from: /^components\//, never: /^app\//, because: "components know no pages, not in their tests either" },
];

/** Each vendor is used in one place, so that it can be replaced or reviewed by reading one folder. */
export const VENDORS = [
  { packages: ["dockerode", "ssh2", "tar-fs", "tar-stream"], home: /^(lib\/sandbox|bin\/bench)\// },
  { packages: ["mongoose", "mongodb"], home: /^lib\/store\/(mongo|testing\/)/ },
  { packages: ["libsql", "@libsql/client", "better-sqlite3"], home: /^lib\/store\// },
  { packages: ["bullmq", "ioredis"], home: /^lib\/queue\// },
  {
    packages: [
      ...["prom-client", "@opentelemetry/api", "@opentelemetry/exporter-trace-otlp-http"],
      ...["@opentelemetry/resources", "@opentelemetry/sdk-trace-node"],
    ],
    home: /^lib\/telemetry\//,
  },
  { packages: ["otpauth"], home: /^lib\/auth\// },
  { packages: ["@zxcvbn-ts/language-common"], home: /^lib\/auth\// },
  { packages: ["@node-rs/argon2"], home: /^lib\/auth\// },
  { packages: ["rate-limiter-flexible"], home: /^lib\/(limiters|rates)$/ },
  { packages: ["nodemailer", "smtp-server"], home: /^lib\/mail\// },
  { packages: ["ws"], home: /^(lib\/http|lib\/client\/node|app\/testing|e2e)\// },
  { packages: ["@modelcontextprotocol/sdk"], home: /^(lib\/mcp|app\/testing|e2e)\// },
  { packages: ["@xterm/xterm", "@xterm/addon-fit", "@xterm/addon-search"], home: /^components\/terminal\// },
  { packages: ["next-auth"], home: /^(lib\/auth\/|app\/api\/auth\/)/ },
];

/** Layers that import only these packages. `lib/schemas` runs in the browser and on the server. */
export const ONLY_PACKAGES = { schemas: ["zod"] };

/**
 * Where `process.env` may be read, and in which form. All other code gets validated values from `lib/env.ts` as arguments. A composition root only
 * passes it to `readEnv`; the two variables of Next.js are replaced by the bundler.
 */
export const ENVIRONMENT_READERS = [
  { where: /^(lib\/env|bin\/.*|e2e\/.*|[^/]+\.config)$|\.test$|(^|\/)testing\//, what: /process\.env/ },
  { where: /^(lib\/(server|services|worker)|instrumentation)$/, what: /readEnv\(process\.env\)/ },
  { where: /^(instrumentation|proxy)$/, what: /process\.env\.(NODE_ENV|NEXT_RUNTIME)\b/ },
];

function layer(name, pattern, may) {
  return { name, pattern, may };
}
