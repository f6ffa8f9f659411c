import os from "node:os";
import path from "node:path";
import * as z from "zod";
import { contactSchema, headersSchema, hostsSchema, providerUrl } from "./env-formats";
import { PLANS, type Plans, plansSchema } from "./plans";
import { emailSchema, SIGN_UP_MODES, type SignUpMode } from "./schemas/account";
import { ISOLATION_CHOICES, type IsolationChoice } from "./schemas/run";

/** Whose a guest's quota is: their network address's, or their browser's under the ceilings of the address. */
const GUEST_QUOTAS = ["address", "browser"] as const;

/** A server's secret has at least as many characters. */
export const MIN_SECRET_CHARS = 16;

const positive = z.coerce.number().int().positive();
/** Twice the reserve of the smallest store. */
const LEAST_STORE_BYTES = 33_554_432;
const optionalUrl = z.url().optional();

const envSchema = z
  .object({
    PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
    HOST: z.string().default("127.0.0.1"),
    NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
    DOCKER_HOST: z
      .string()
      .regex(
        /^(unix|tcp|https?|ssh):\/\//,
        "Use unix:///path, tcp://host:port, https://host:port or ssh://user@host.",
      )
      .optional(),
    DOCKER_TLS_VERIFY: z.string().optional(),
    DOCKER_CERT_PATH: z.string().optional(),
    MONGODB_URI: z
      .string()
      .regex(/^mongodb(\+srv)?:\/\//, "Use mongodb://host:port/name.")
      .optional(),
    REDIS_URL: z
      .string()
      .regex(/^rediss?:\/\/\S+$/, "Use redis://user:password@host:port, or rediss:// for TLS.")
      .refine((url) => URL.canParse(url), "Use redis://user:password@host:port, or rediss:// for TLS.")
      .optional(),
    NEXTAUTH_URL: optionalUrl,
    NEXTAUTH_SECRET: z.string().min(MIN_SECRET_CHARS).optional(),
    GITHUB_ID: z.string().optional(),
    GITHUB_SECRET: z.string().optional(),
    GOOGLE_ID: z.string().optional(),
    GOOGLE_SECRET: z.string().optional(),
    GITHUB_BASE_URL: providerUrl.optional(),
    OIDC_ISSUER: providerUrl.optional(),
    OIDC_ID: z.string().optional(),
    OIDC_SECRET: z.string().optional(),
    OIDC_NAME: z.string().max(40, "Use at most 40 characters; it stands on a button.").optional(),
    QUICKSAND_ADMIN_EMAIL: emailSchema.optional(),
    QUICKSAND_ADMIN_TWO_FACTOR: z.enum(["optional", "required"]).default("optional"),
    QUICKSAND_SESSION_IDLE_HOURS: z.coerce.number().positive().max(720).default(336),
    SMTP_URL: z
      .string()
      .regex(/^smtps?:\/\/\S+$/, "Use smtp://user:password@host:port, or smtps:// for TLS from the start.")
      .optional(),
    SMTP_FROM: z
      .string()
      .regex(
        /^(?:[^<>@]+<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/,
        "Use an address such as Quicksand <noreply@example.org>.",
      )
      .optional(),
    QUICKSAND_HOSTS: hostsSchema.optional(),
    QUICKSAND_SIGN_UP: z.enum(SIGN_UP_MODES).default("open"),
    QUICKSAND_CONTACT: z.string().trim().max(200).optional(),
    QUICKSAND_SECURITY_CONTACT: contactSchema.optional(),
    QUICKSAND_PLANS: plansSchema.optional(),
    QUICKSAND_GUESTS: z.enum(GUEST_QUOTAS).default("address"),
    QUICKSAND_WEBHOOK_TARGETS: z.enum(["public", "any"]).default("public"),
    QUICKSAND_TRUST_PROXY: z.coerce.number().int().min(0).max(16).default(0),
    QUICKSAND_DATA_DIR: z.string().default(".data"),
    QUICKSAND_STORE_BYTES: z.coerce.number().int().min(LEAST_STORE_BYTES).optional(),
    QUICKSAND_CONCURRENCY: positive.optional(),
    QUICKSAND_QUEUE_LIMIT: z.coerce.number().int().min(0).default(200),
    QUICKSAND_WARM: z.coerce.number().int().min(0).max(256).optional(),
    QUICKSAND_ISOLATION: z.enum(ISOLATION_CHOICES).default("container"),
    QUICKSAND_RUNTIME: z.string().optional(),
    QUICKSAND_LANGUAGES: z.string().default("*"),
    QUICKSAND_LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
    QUICKSAND_METRICS_TOKEN: z.string().min(16).optional(),
    OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
    OTEL_EXPORTER_OTLP_HEADERS: headersSchema.optional(),
    OTEL_SERVICE_NAME: z.string().default("quicksand"),
  })
  .superRefine((env, context) => {
    if (env.REDIS_URL !== undefined && env.MONGODB_URI === undefined) {
      context.addIssue({
        code: "custom",
        path: ["MONGODB_URI"],
        message:
          "It is missing; with REDIS_URL there are several processes, and the embedded database is one process's alone.",
      });
    }
    const [issuer, oidcId] = [env.OIDC_ISSUER, env.OIDC_ID];
    if ((issuer === undefined) !== (oidcId === undefined)) {
      context.addIssue({
        code: "custom",
        path: [issuer === undefined ? "OIDC_ISSUER" : "OIDC_ID"],
        message: "It is missing; signing in needs OIDC_ISSUER, OIDC_ID and OIDC_SECRET.",
      });
    }
    const neededForMail = { SMTP_FROM: "mail has a sender", NEXTAUTH_URL: "the links in mail lead to it" };
    for (const [name, why] of Object.entries(neededForMail)) {
      if (env.SMTP_URL === undefined || env[name as keyof typeof neededForMail] !== undefined) continue;
      context.addIssue({ code: "custom", path: [name], message: `It is missing; with SMTP_URL, ${why}.` });
    }
    for (const name of ["GITHUB", "GOOGLE", "OIDC"] as const) {
      const [id, secret] = [`${name}_ID`, `${name}_SECRET`] as const;
      const missing = env[id] === undefined ? id : secret;
      if ((env[id] === undefined) !== (env[secret] === undefined)) {
        context.addIssue({
          code: "custom",
          path: [missing],
          message: `It is missing; signing in needs both ${id} and ${secret}.`,
        });
      }
      if (env[id] !== undefined && env.NEXTAUTH_URL === undefined) {
        context.addIssue({
          code: "custom",
          path: ["NEXTAUTH_URL"],
          message: `It is missing; with ${id}, people come back to it after signing in there.`,
        });
      }
    }
  });

/** An app at another site that people sign in with. */
export interface OAuthApp {
  id: string;
  secret: string;
}

/** A GitHub app; `baseUrl` is a GitHub Enterprise Server, left out for github.com. */
export interface GitHubApp extends OAuthApp {
  baseUrl?: string;
}

/** An app at any OpenID Connect provider, and what people call that. */
export interface OidcApp extends OAuthApp {
  issuer: string;
  name: string;
}

const GIGABYTE = 1_073_741_824;

/** The configuration, read and checked once. Sizes are chosen from this machine where nothing is set. */
export interface Env {
  port: number;
  host: string;
  production: boolean;
  /** Where the Docker engine is, in the variables of the `docker` command. */
  engine: Pick<z.infer<typeof envSchema>, "DOCKER_HOST" | "DOCKER_TLS_VERIFY" | "DOCKER_CERT_PATH">;
  mongodbUri: string | undefined;
  /** Redis for the queue, events and rates of several processes; `undefined` where one process does everything. */
  redisUrl: string | undefined;
  /** The address people use, where it cannot be told from the request. */
  publicUrl: string | undefined;
  /** Further names and addresses that people come by. A request for any other host is refused. */
  hosts: readonly string[];
  secret: string | undefined;
  /** Offered for signing in when configured. */
  oauth: { github: GitHubApp | null; google: OAuthApp | null; oidc: OidcApp | null };
  /** The server that mail is sent through; `null` when none is sent. */
  smtp: { url: string; from: string } | null;
  /** Whether admins need two-factor sign-in for what admins do. */
  adminTwoFactor: "optional" | "required";
  /** How long a session may be unused before it ends. */
  sessionIdleMs: number;
  /** Whose account alone may use the one-time code that makes the first admin; anybody's when not set. */
  adminEmail: string | undefined;
  /** Who may sign up. */
  signUpMode: SignUpMode;
  /** Whom people ask for an account or its approval: an address, a link or words. */
  contact: string | null;
  /** Whom to tell of a vulnerability, as a URI; published in security.txt. */
  securityContact: string | undefined;
  plans: Plans;
  /** Whose a guest's quota is. */
  guests: (typeof GUEST_QUOTAS)[number];
  /** Which addresses webhooks may lead to: those of the public internet, or also this machine's and its network's. */
  webhookTargets: "public" | "any";
  /** How many proxies stand in front, each of which adds the address it was asked from to `X-Forwarded-For`. */
  trustedProxies: number;
  dataDir: string;
  /** The most that the database may take; `undefined` is what its disk has. */
  storeBytes: number | undefined;
  concurrency: number;
  queueLimit: number;
  warm: number;
  isolation: IsolationChoice;
  runtime: string | undefined;
  languages: readonly string[] | "*";
  /** Language id to the image an operator named for it. */
  images: ReadonlyMap<string, string>;
  logLevel: z.infer<typeof envSchema>["QUICKSAND_LOG_LEVEL"];
  /** Bearer token for scraping the metrics; without it only admins can read them. */
  metricsToken: string | undefined;
  /** Where traces are sent to, by OTLP over HTTP; `null` when none are made. */
  traces: { endpoint: string; headers: Readonly<Record<string, string>>; serviceName: string } | null;
}

const IMAGE_PREFIX = "QUICKSAND_IMAGE_";

/** Every variable with the text of its constant default, `null` where it has none; for the test that compares the documents. */
export const DOCUMENTED_VARIABLES: ReadonlyMap<string, string | null> = new Map([
  ...Object.entries(envSchema.shape).map(([name, schema]): [string, string | null] => {
    const { data } = z.object({ value: schema }).safeParse({});
    return [name, data?.value === undefined ? null : String(data.value)];
  }),
  [`${IMAGE_PREFIX}<ID>`, null],
]);

/** Throws one error that lists every problem at once. An empty variable counts as not set. */
export function readEnv(variables: Readonly<Record<string, string | undefined>>): Env {
  const set = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = envSchema.safeParse(set);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => {
      const name = issue.path.join(".");
      // What ends up in logs must not hold what is secret.
      const secret = /SECRET|TOKEN|HEADERS|_URI$|^(SMTP|REDIS)_URL$/.test(name);
      const value = secret ? "" : set[name];
      return `  ${name}=${value ?? ""}: ${issue.message}`;
    });
    throw new Error(`The environment has ${problems.length} problem(s):\n${problems.join("\n")}`);
  }
  const env = parsed.data;
  const cores = os.availableParallelism();
  const memoryBytes = os.totalmem();
  return {
    port: env.PORT,
    host: env.HOST,
    production: env.NODE_ENV === "production",
    engine: {
      DOCKER_HOST: env.DOCKER_HOST,
      DOCKER_TLS_VERIFY: env.DOCKER_TLS_VERIFY,
      DOCKER_CERT_PATH: env.DOCKER_CERT_PATH,
    },
    mongodbUri: env.MONGODB_URI,
    redisUrl: env.REDIS_URL,
    publicUrl: env.NEXTAUTH_URL,
    hosts: env.QUICKSAND_HOSTS ?? [],
    secret: env.NEXTAUTH_SECRET,
    oauth: {
      github: gitHubApp(env),
      google: oauthApp(env.GOOGLE_ID, env.GOOGLE_SECRET),
      oidc: oidcApp(env),
    },
    smtp:
      env.SMTP_URL === undefined || env.SMTP_FROM === undefined
        ? null
        : { url: env.SMTP_URL, from: env.SMTP_FROM },
    adminTwoFactor: env.QUICKSAND_ADMIN_TWO_FACTOR,
    sessionIdleMs: env.QUICKSAND_SESSION_IDLE_HOURS * 3_600_000,
    adminEmail: env.QUICKSAND_ADMIN_EMAIL,
    signUpMode: env.QUICKSAND_SIGN_UP,
    contact: env.QUICKSAND_CONTACT ?? null,
    securityContact: env.QUICKSAND_SECURITY_CONTACT,
    plans: env.QUICKSAND_PLANS ?? PLANS,
    guests: env.QUICKSAND_GUESTS,
    webhookTargets: env.QUICKSAND_WEBHOOK_TARGETS,
    trustedProxies: env.QUICKSAND_TRUST_PROXY,
    dataDir: path.resolve(env.QUICKSAND_DATA_DIR),
    storeBytes: env.QUICKSAND_STORE_BYTES,
    // A run may use half a core; twice as many as would fill the machine keeps it busy while some wait for input.
    concurrency:
      env.QUICKSAND_CONCURRENCY ?? clamp(Math.min(cores * 4, (memoryBytes * 4) / GIGABYTE), 2, 256),
    queueLimit: env.QUICKSAND_QUEUE_LIMIT,
    // An idle sandbox costs about 13 MB (its containerd shim); at most an eighth of the memory goes there.
    warm: env.QUICKSAND_WARM ?? clamp(memoryBytes / 8 / (13 * 1_048_576), 2, 16),
    isolation: env.QUICKSAND_ISOLATION,
    runtime: env.QUICKSAND_RUNTIME,
    languages:
      env.QUICKSAND_LANGUAGES === "*" ? "*" : env.QUICKSAND_LANGUAGES.split(",").map((id) => id.trim()),
    images: new Map(
      Object.entries(set)
        .filter(([name]) => name.startsWith(IMAGE_PREFIX))
        .map(([name, image]) => [name.slice(IMAGE_PREFIX.length).toLowerCase(), image as string]),
    ),
    logLevel: env.QUICKSAND_LOG_LEVEL,
    metricsToken: env.QUICKSAND_METRICS_TOKEN,
    traces:
      env.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
        ? null
        : {
            endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
            headers: env.OTEL_EXPORTER_OTLP_HEADERS ?? {},
            serviceName: env.OTEL_SERVICE_NAME,
          },
  };
}

function oauthApp(id: string | undefined, secret: string | undefined): OAuthApp | null {
  return id !== undefined && secret !== undefined ? { id, secret } : null;
}

type Parsed = z.infer<typeof envSchema>;

function gitHubApp({ GITHUB_ID, GITHUB_SECRET, GITHUB_BASE_URL: baseUrl }: Parsed): GitHubApp | null {
  const app = oauthApp(GITHUB_ID, GITHUB_SECRET);
  return app && { ...app, ...(baseUrl === undefined ? {} : { baseUrl }) };
}

function oidcApp({ OIDC_ID, OIDC_SECRET, OIDC_ISSUER: issuer, OIDC_NAME: name }: Parsed): OidcApp | null {
  const app = oauthApp(OIDC_ID, OIDC_SECRET);
  return app && issuer !== undefined ? { ...app, issuer, name: name ?? new URL(issuer).hostname } : null;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, Math.floor(value)));
}

/** The environment of this process. */
export function currentEnv(): Env {
  return readEnv(process.env);
}

/** The same for what is started by a person: settings that cannot be used end the process with their problems in words. `check` may throw further ones. */
export function envOrExit(check: (env: Env) => void = () => {}): Env {
  try {
    const env = currentEnv();
    check(env);
    return env;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
