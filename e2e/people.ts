import { expect, type Page } from "@playwright/test";

export const PASSWORD = "a long enough password";

let made = 0;

/** An e-mail address without an account. */
export function freshEmail(): string {
  made += 1;
  return `person-${made}-${Date.now()}@example.com`;
}

/** Creates an account and signs the page's browser in, through the API. */
export async function becomeUser(page: Page, address: string, email: string): Promise<void> {
  const made = await page.request.post(`${address}/api/account`, { data: { email, password: PASSWORD } });
  expect(made.status()).toBe(200);
  expect(await signInStatus(page, address, email, PASSWORD)).toBe(200);
}

/** Tries to sign the page's browser in; returns the response's status. */
export async function signInStatus(
  page: Page,
  address: string,
  email: string,
  password: string,
): Promise<number> {
  const { csrfToken } = (await (await page.request.get(`${address}/api/auth/csrf`)).json()) as {
    csrfToken: string;
  };
  const answer = await page.request.post(`${address}/api/auth/callback/credentials`, {
    form: { csrfToken, email, password, json: "true" },
  });
  return answer.status();
}
