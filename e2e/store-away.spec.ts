import { expect, test } from "@playwright/test";
import { type MongoServer, NoMongoServer, startMongoServer } from "../lib/store/testing/mongo-server";
import { OwnServer } from "./own-server";

test.describe.configure({ timeout: 180_000 });

let database: MongoServer;
let server: OwnServer;

test.beforeAll(async () => {
  try {
    database = await startMongoServer(process.env, { own: true });
  } catch (error) {
    // In CI a skipped half would go unnoticed.
    if (error instanceof NoMongoServer && !process.env.CI) test.skip(true, error.message);
    throw error;
  }
  server = new OwnServer({ MONGODB_URI: database.uri });
  await server.start();
});

test.afterAll(async () => {
  await server?.dispose();
  await database?.stop();
});

/** A run that anybody with its address may see; answers its id. */
async function sharedRun(): Promise<string> {
  const json = { "content-type": "application/json" };
  const ran = await fetch(`${server.address}/api/editor/run`, {
    method: "POST",
    headers: json,
    body: JSON.stringify({ language: "python", code: "print('kept')" }),
  });
  const cookie = ran.headers.get("set-cookie")?.split(";")[0] ?? "";
  const { id } = (await ran.json()) as { id: string };
  const shared = await fetch(`${server.address}/api/runs/${id}`, {
    method: "PATCH",
    headers: { ...json, cookie },
    body: JSON.stringify({ visibility: "unlisted" }),
  });
  expect(shared.status).toBe(200);
  return id;
}

test("while the database is away, pages made of it are a 503 that says so and shows the run by itself when it is back", async ({
  page,
}) => {
  const id = await sharedRun();
  const ask = (path: string) => fetch(server.address + path);
  const there = await ask(`/r/${id}`);
  expect(there.status).toBe(200);
  const picture = /property="og:image" content="https?:\/\/[^/]+([^"]+)"/.exec(await there.text())?.[1] ?? "";
  expect((await ask(picture)).headers.get("content-type")).toBe("image/png");

  await database.kill();
  for (const path of [`/r/${id}`, `/embed/${id}`, `/embed/${id}?theme=dark`, "/r/none", picture]) {
    const asked = performance.now();
    const answer = await ask(path);
    expect(answer.status, path).toBe(503);
    // It waits for the database for one second; before, it was a 500 after three.
    expect(performance.now() - asked, path).toBeLessThan(3_000);
    expect(Number(answer.headers.get("retry-after")), path).toBeGreaterThan(0);
    expect(answer.headers.get("cache-control"), path).toBe("no-store");
    expect(answer.headers.get("referrer-policy"), path).toBe("no-referrer");
    const framedBy = path.startsWith("/embed/") ? "*" : "'none'";
    expect(answer.headers.get("content-security-policy"), path).toContain(`frame-ancestors ${framedBy}`);
    expect(await answer.text(), path).toContain("The database does not answer");
  }
  const raw = await ask(`/r/${id}/raw`);
  expect([raw.status, await raw.json()]).toMatchObject([503, { error: { code: "store_unavailable" } }]);
  expect(Number(raw.headers.get("retry-after"))).toBeGreaterThan(0);
  // What is made in the browser is there, and says there what is missing.
  for (const path of ["/", "/history", "/settings", "/sign-in"])
    expect((await ask(path)).status, path).toBe(200);

  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${server.address}/r/${id}`);
    await expect(page.getByRole("heading", { name: "The database does not answer" })).toBeVisible();
    const [red = 255] = await page.evaluate(() =>
      (getComputedStyle(document.body).backgroundColor.match(/\d+/g) ?? []).map(Number),
    );
    expect(red < 128, colorScheme).toBe(colorScheme === "dark");
  }
  await database.start();
  await expect(page.getByText("print('kept')")).toBeVisible({ timeout: 60_000 });
});
