import assert from "node:assert/strict";
import { test } from "node:test";
import { readEnv } from "./env";
import { PLANS } from "./plans";

test("QUICKSAND_PLANS is merged over the table, to the last number", () => {
  const { plans } = readEnv({
    QUICKSAND_PLANS: JSON.stringify({
      guest: { runsPerDay: 3, limits: { run: { timeoutMs: 2_000 } }, languages: ["python"] },
      pro: { retentionDays: 30, features: [] },
    }),
  });
  assert.deepEqual(plans.free, PLANS.free);
  assert.deepEqual(plans.guest, {
    ...PLANS.guest,
    runsPerDay: 3,
    languages: ["python"],
    limits: { ...PLANS.guest.limits, run: { ...PLANS.guest.limits.run, timeoutMs: 2_000 } },
  });
  assert.deepEqual([plans.pro.retentionDays, plans.pro.features], [30, []]);
});

test("the time that a person has to think is a plan's data like any other", () => {
  const { plans } = readEnv({ QUICKSAND_PLANS: '{"guest":{"limits":{"attended":{"idleMs":60000}}}}' });
  assert.deepEqual(plans.guest.limits, {
    ...PLANS.guest.limits,
    attended: { totalMs: 600_000, idleMs: 60_000 },
  });
  assert.throws(
    () => readEnv({ QUICKSAND_PLANS: '{"pro":{"limits":{"attended":{"idleMs":0,"hours":1}}}}' }),
    /pro\.limits\.attended\.idleMs: .*\n?.*pro\.limits\.attended: .*hours/s,
  );
});

test("every mistake in QUICKSAND_PLANS and beside it is told at once, with its place", () => {
  const variables = {
    PORT: "99999",
    QUICKSAND_PLANS: JSON.stringify({
      guest: { runsPerDay: -1, runsPerYear: 5, limits: { run: { cpus: "half" } } },
      gold: {},
    }),
  };
  assert.throws(
    () => readEnv(variables),
    (error: Error) => {
      for (const part of ["PORT=99999", "guest.runsPerDay", "runsPerYear", "guest.limits.run.cpus", "gold"]) {
        assert.ok(error.message.includes(part), `${part} is not in: ${error.message}`);
      }
      return true;
    },
  );
  assert.throws(() => readEnv({ QUICKSAND_PLANS: "{guest:1}" }), /It is no JSON/);
});

test("a guest's quota is their address's unless it is said to be their browser's", () => {
  assert.equal(readEnv({}).guests, "address");
  assert.equal(readEnv({ QUICKSAND_GUESTS: "browser" }).guests, "browser");
  assert.throws(() => readEnv({ QUICKSAND_GUESTS: "cookie" }), /QUICKSAND_GUESTS=cookie: .*address.*browser/);
});

test("a network's ceilings that are not set are never below what one viewer may have", () => {
  const { guest } = readEnv({
    QUICKSAND_PLANS: '{"guest":{"runsPerMinute":1000,"requestsPerMinute":50000}}',
  }).plans;
  assert.deepEqual([guest.runsPerMinutePerNetwork, guest.requestsPerMinutePerNetwork], [1_000, 50_000]);
  const said = readEnv({ QUICKSAND_PLANS: '{"guest":{"runsPerMinute":1000,"runsPerMinutePerNetwork":5}}' });
  assert.equal(said.plans.guest.runsPerMinutePerNetwork, 5);
});

test("a security contact is published as a URI, and one that is none is refused", () => {
  const contact = (value: string) => readEnv({ QUICKSAND_SECURITY_CONTACT: value }).securityContact;
  assert.equal(contact("security@example.org"), "mailto:security@example.org");
  assert.equal(contact("https://example.org/report"), "https://example.org/report");
  assert.equal(readEnv({}).securityContact, undefined);
  for (const wrong of ["http://example.org", "javascript:alert(1)", "call me", "https://a\nContact: b"]) {
    assert.throws(() => contact(wrong), /QUICKSAND_SECURITY_CONTACT.*Use an e-mail address/s, wrong);
  }
});

test("signing in elsewhere needs both halves and the address to come back to", () => {
  assert.throws(
    () => readEnv({ GITHUB_ID: "id", NEXTAUTH_URL: "https://example.org" }),
    /GITHUB_SECRET.*missing/,
  );
  assert.throws(() => readEnv({ GITHUB_ID: "id", GITHUB_SECRET: "secret" }), /NEXTAUTH_URL.*missing/);
  const oidc = { OIDC_ID: "id", OIDC_SECRET: "s", NEXTAUTH_URL: "https://example.org" };
  assert.throws(() => readEnv(oidc), /OIDC_ISSUER.*missing/);
  assert.throws(() => readEnv({ OIDC_ISSUER: "https://id.example.org" }), /OIDC_ID.*missing/);
  for (const url of ["http://id.example.org", "http://localhost.example.org", "ftp://id.example.org", "id"]) {
    assert.throws(() => readEnv({ ...oidc, OIDC_ISSUER: url }), /OIDC_ISSUER/, url);
    assert.throws(() => readEnv({ GITHUB_BASE_URL: url }), /GITHUB_BASE_URL/, url);
  }
  assert.deepEqual(readEnv({ ...oidc, OIDC_ISSUER: "https://id.example.org/a/" }).oauth.oidc, {
    ...{ id: "id", secret: "s", issuer: "https://id.example.org/a", name: "id.example.org" },
  });
  assert.ok(readEnv({ ...oidc, OIDC_ISSUER: "http://127.0.0.1:8080" }).oauth.oidc);
  const env = readEnv({ GITHUB_ID: "id", GITHUB_SECRET: "s", NEXTAUTH_URL: "https://example.org" });
  assert.deepEqual(env.oauth, { github: { id: "id", secret: "s" }, google: null, oidc: null });
});

test("Redis needs a database that several processes can have", () => {
  const redis = { REDIS_URL: "rediss://user:password@redis.example.org:6380" };
  assert.throws(() => readEnv(redis), /MONGODB_URI=: It is missing; with REDIS_URL/);
  const env = readEnv({ ...redis, MONGODB_URI: "mongodb://host/name" });
  assert.equal(env.redisUrl, redis.REDIS_URL);
  assert.equal(readEnv({}).redisUrl, undefined);
  for (const url of ["http://user:hunter2@host", "redis://user:hunter2@host:port"]) {
    assert.throws(
      () => readEnv({ REDIS_URL: url, MONGODB_URI: "mongodb://host/name" }),
      (error: Error) => /REDIS_URL=: Use redis/.test(error.message) && !error.message.includes("hunter2"),
    );
  }
});

test("what is secret is not part of an error, which ends up in logs", () => {
  assert.throws(
    () => readEnv({ NEXTAUTH_SECRET: "too short", MONGODB_URI: "http://user:password@host" }),
    (error: Error) => !error.message.includes("too short") && !error.message.includes("password"),
  );
});

test("traces go nowhere until an address is set, with headers as OpenTelemetry writes them", () => {
  assert.equal(readEnv({ OTEL_SERVICE_NAME: "x" }).traces, null);
  const endpoint = "http://127.0.0.1:4318";
  assert.deepEqual(readEnv({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }).traces, {
    ...{ endpoint, headers: {}, serviceName: "quicksand" },
  });
  const { traces } = readEnv({
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_EXPORTER_OTLP_HEADERS: "Authorization=Basic%20YTpi==, x-tenant = a%2Cb,",
  });
  assert.deepEqual(traces?.headers, { Authorization: "Basic YTpi==", "x-tenant": "a,b" });
  for (const endpoint of ["localhost:4317", "grpc://collector:4317", "collector"])
    assert.throws(() => readEnv({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }), /OTEL_EXPORTER_OTLP_ENDPOINT/);
});

test("a token for metrics has 16 characters at least, and no secret is in what is told of mistakes", () => {
  assert.equal(readEnv({}).metricsToken, undefined);
  assert.equal(readEnv({ QUICKSAND_METRICS_TOKEN: "0123456789abcdef" }).metricsToken, "0123456789abcdef");
  const variables = { QUICKSAND_METRICS_TOKEN: "hunter2", OTEL_EXPORTER_OTLP_HEADERS: "hunter3%" };
  assert.throws(
    () => readEnv(variables),
    (error: Error) => {
      assert.match(error.message, /QUICKSAND_METRICS_TOKEN=: .*16/);
      assert.match(error.message, /OTEL_EXPORTER_OTLP_HEADERS=: .*name=value/);
      assert.doesNotMatch(error.message, /hunter/);
      return true;
    },
  );
});
