import { expect, test } from "@playwright/test";
import { Ide } from "./ide";

test("no request leaves for another host, and nothing breaks the content security policy", async ({
  page,
  baseURL,
}) => {
  const elsewhere: string[] = [];
  const violations: string[] = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${baseURL}/`) && !/^(data|blob):/.test(url)) elsewhere.push(url);
  });
  page.on("console", (message) => {
    if (/Content Security Policy|Refused to/i.test(message.text())) violations.push(message.text());
  });
  const ide = new Ide(page);
  await ide.open();
  for (const language of ["TypeScript", "C++", "Python"]) await ide.choose(language);
  await ide.runProgram("print('done')", "x");
  await expect(ide.output).toContainText("done");
  expect(elsewhere).toEqual([]);
  expect(violations).toEqual([]);
});

test("every answer carries the security headers", async ({ request }) => {
  const page = await request.get("/");
  const headers = page.headers();
  expect(headers["content-security-policy"]).toMatch(/worker-src 'self'/);
  expect(headers["content-security-policy"]).toMatch(/frame-ancestors 'none'/);
  expect(headers["content-security-policy"]).not.toContain("unsafe-eval");
  expect(headers["x-content-type-options"]).toBe("nosniff");
  const answer = await request.get("/api/languages");
  expect(answer.headers()["x-content-type-options"]).toBe("nosniff");
  expect(answer.headers()["content-type"]).toContain("application/json");
});
