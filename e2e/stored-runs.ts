import { expect, type Page } from "@playwright/test";

export const PRIMES = `def sieve(n):
    """All primes below n."""
    prime = [True] * n
    for i in range(2, n):
        if prime[i]:
            for j in range(i * i, n, i):
                prime[j] = False
    return [i for i in range(2, n) if prime[i]]

for n in sieve(60):
    print(f"\\033[33m{n:>3}\\033[0m", "#" * n)
`;

export const PRIMES_FASTER = PRIMES.replace("below n.", "below n, in half the steps.")
  .replace("range(2, n):\n        if", "range(3, n, 2):\n        if")
  .replace("return [i for i in range(2, n)", "return [2] + [i for i in range(3, n, 2)");

/** Writes a PNG, encoded without a library, and a CSV table. */
export const GRADIENT = `import os, struct, zlib

SIZE = 160
rows = b"".join(
    b"\\0" + bytes(v for x in range(SIZE) for v in (x * 255 // SIZE, y * 255 // SIZE, 160))
    for y in range(SIZE)
)

def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

head = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 2, 0, 0, 0)
png = b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
folder = os.environ["OUTPUT_DIR"]
with open(folder + "/gradient.png", "wb") as file:
    file.write(png)
with open(folder + "/table.csv", "w") as file:
    file.write("size,bytes\\n160,%d\\n" % len(png))
print("written:", len(png), "bytes")
`;

interface Program {
  language: string;
  code: string;
  stdin?: string;
  args?: string[];
  options?: Record<string, string>;
  files?: { path: string; content: string }[];
  tests?: { name: string; stdin: string; expected: string; compare?: unknown }[];
}

interface Change {
  title?: string;
  pinned?: boolean;
  visibility?: "private" | "unlisted" | "public";
}

/** Stores a draft, as from an earlier visit: typing it would auto-indent it a second time. A reload does not bring it back. */
export async function leaveDraft(page: Page, language: string, code: string, stdin: string): Promise<void> {
  await page.addInitScript(
    ([key, draft]) => {
      if (window.sessionStorage.getItem(`left:${key}`) === draft) return;
      window.sessionStorage.setItem(`left:${key}`, draft);
      window.localStorage.setItem(key, draft);
    },
    [`quicksand:draft:${language}`, JSON.stringify({ v: 1, code, stdin, args: "" })] as const,
  );
}

/** The last program of a language as the browser keeps it, since what the editor draws is not all of it. */
export async function keptProgram(
  page: Page,
  language: string,
): Promise<{ code: string; files: { path: string; content: string }[] }> {
  const kept = await page.evaluate(
    (key) => window.localStorage.getItem(`quicksand:program:${window.localStorage.getItem(key)}`),
    `quicksand:last:${language}`,
  );
  return { code: "", files: [], ...(JSON.parse(kept ?? "{}") as object) };
}

/** Runs a program through the API as the page's viewer; returns the run's id. */
export async function createRun(page: Page, program: Program, change?: Change): Promise<string> {
  const answer = await page.request.post("/api/editor/run", { data: program, timeout: 40_000 });
  expect(answer.status()).toBe(200);
  const { id } = (await answer.json()) as { id: string };
  if (change) {
    const changed = await page.request.patch(`/api/runs/${id}`, { data: change });
    expect(changed.status()).toBe(200);
  }
  return id;
}

/** The same on a server of the test's own. */
export async function createRunAt(
  address: string,
  page: Page,
  code: string,
  change: Change,
): Promise<string> {
  const data = { language: "python", code };
  const answer = await page.request.post(`${address}/api/editor/run`, { data, timeout: 40_000 });
  expect(answer.status()).toBe(200);
  const { id } = (await answer.json()) as { id: string };
  expect((await page.request.patch(`${address}/api/runs/${id}`, { data: change })).status()).toBe(200);
  return id;
}
