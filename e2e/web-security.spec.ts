import { type APIRequestContext, expect, test } from "@playwright/test";
import { OwnServer } from "./own-server";

const PROGRAM = { language: "python", code: "print(1)" };

async function withServer(environment: Record<string, string>, use: (server: OwnServer) => Promise<void>) {
  const server = new OwnServer(environment);
  try {
    await server.start();
    await use(server);
  } finally {
    await server.dispose();
  }
}

test("every answer has the headers that docs/security.md names, over https the strict ones too", async ({
  request,
}) => {
  await withServer({ NEXTAUTH_URL: "https://code.example.org" }, async ({ address }) => {
    const page = await request.get(`${address}/`);
    const script = /src="(\/_next\/static\/[^"]+\.js)"/.exec(await page.text())?.[1];
    expect(script).toBeDefined();
    const paths = [
      "/",
      "/sign-in",
      "/settings",
      "/api/health",
      "/api/account",
      "/api/nowhere",
      "/nowhere",
      script,
    ];
    for (const path of paths) {
      const headers = (await request.get(`${address}${path}`)).headers();
      const seen = Object.fromEntries(
        ["x-content-type-options", "referrer-policy", "permissions-policy", "cross-origin-opener-policy"]
          .concat("strict-transport-security")
          .map((name) => [name, headers[name]]),
      );
      expect(seen, path).toEqual({
        "x-content-type-options": "nosniff",
        "referrer-policy": "strict-origin-when-cross-origin",
        "permissions-policy": expect.stringContaining("camera=()"),
        "cross-origin-opener-policy": "same-origin",
        "strict-transport-security": "max-age=31536000",
      });
      if (path === script) continue;
      const policy = headers["content-security-policy"] ?? "";
      expect(policy, path).toContain("frame-ancestors 'none'");
      expect(policy, path).toMatch(
        path?.startsWith("/api/") ? /default-src 'none'.*sandbox/ : /'nonce-[\w+/=]+'/,
      );
    }
    const cookie = (await request.get(`${address}/api/usage`)).headers()["set-cookie"];
    expect(cookie).toMatch(/^__Host-qs_guest=.*; Path=\/; .*HttpOnly; SameSite=Lax; Secure$/);
  });
});

/** A guest who is never seen again: no cookie is kept. Answers the status. */
async function runAs(request: APIRequestContext, address: string, forwarded: string): Promise<number> {
  const answer = await request.post(`${address}/api/editor/run`, {
    data: PROGRAM,
    headers: { "x-forwarded-for": forwarded, "x-quicksand-peer": forwarded, cookie: "" },
  });
  return answer.status();
}

test("a forged address is no new guest; behind a proxy that is configured, the one it adds counts", async ({
  request,
}) => {
  const plans = JSON.stringify({ guest: { runsPerDay: 1 } });
  await withServer({ QUICKSAND_PLANS: plans }, async ({ address }) => {
    expect(await runAs(request, address, "203.0.113.1")).toBe(200);
    expect(await runAs(request, address, "203.0.113.2")).toBe(429);
  });
  await withServer({ QUICKSAND_PLANS: plans, QUICKSAND_TRUST_PROXY: "1" }, async ({ address }) => {
    expect(await runAs(request, address, "203.0.113.1")).toBe(200);
    expect(await runAs(request, address, "203.0.113.9, 203.0.113.1")).toBe(429);
    expect(await runAs(request, address, "203.0.113.2")).toBe(200);
  });
});
