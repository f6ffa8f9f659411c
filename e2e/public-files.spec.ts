import { expect, test } from "@playwright/test";
import { OwnServer } from "./own-server";

test("robots.txt, the manifest and every icon it names are there, and pages link to them", async ({
  page,
  request,
}) => {
  const robots = await request.get("/robots.txt");
  expect(robots.headers()["content-type"]).toContain("text/plain");
  expect(await robots.text()).toMatch(/^User-agent: \*\nDisallow: \/api\/$/m);

  await page.goto("/sign-in");
  const address = await page.locator('link[rel="manifest"]').getAttribute("href");
  const manifest = await request.get(address ?? "");
  expect(manifest.headers()["content-type"]).toContain("application/manifest+json");
  expect(manifest.headers()["x-content-type-options"]).toBe("nosniff");
  const { icons, name, start_url } = (await manifest.json()) as {
    icons: { src: string; sizes: string; type: string; purpose?: string }[];
    name: string;
    start_url: string;
  };
  expect([name, start_url]).toEqual(["Quicksand", "/"]);
  expect(icons.some(({ purpose }) => purpose === "maskable")).toBe(true);
  const apple = await page.locator('link[rel="apple-touch-icon"]').getAttribute("href");
  const pictures = [...icons, { src: apple ?? "", sizes: "180x180", type: "image/png" }];
  for (const { src, sizes, type } of pictures) {
    const icon = await request.get(src);
    expect(icon.headers()["content-type"], src).toContain(type);
    // A PNG says its size in its first chunk, at bytes 16 to 23.
    const head = (await icon.body()).subarray(16, 24);
    const size = type === "image/png" ? `${head.readUInt32BE(0)}x${head.readUInt32BE(4)}` : "any";
    expect(size, src).toBe(sizes);
  }
  await expect(page.locator('link[rel="icon"]')).toHaveAttribute("href", /icon\.svg/);
});

test("security.txt names the contact that is configured, and is not there without one", async ({
  request,
}) => {
  expect((await request.get("/.well-known/security.txt")).status()).toBe(404);
  const server = new OwnServer({
    QUICKSAND_SECURITY_CONTACT: "security@example.org",
    NEXTAUTH_URL: "https://code.example.org",
  });
  try {
    await server.start();
    const answer = await request.get(`${server.address}/.well-known/security.txt`);
    expect(answer.status()).toBe(200);
    expect(answer.headers()["content-type"]).toBe("text/plain; charset=utf-8");
    const text = await answer.text();
    expect(text).toContain("Contact: mailto:security@example.org\n");
    expect(text).toContain("Canonical: https://code.example.org/.well-known/security.txt\n");
    expect(Date.parse(/^Expires: (.+)$/m.exec(text)?.[1] ?? "")).toBeGreaterThan(Date.now());
  } finally {
    await server.dispose();
  }
});
