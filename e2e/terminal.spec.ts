import { expect, type Page, test, type WebSocketRoute } from "@playwright/test";
import { Ide } from "./ide";
import { ALL_ONLY } from "./sample";
import { choose, clickWord, link, oneLine, runInTerminal, screen } from "./terminal-screen";

/** Rows and columns, as the last line with two numbers says. */
async function lastSize(page: Page): Promise<[number, number] | null> {
  const sizes = [...(await screen(page).innerText()).matchAll(/size (\d+) (\d+)/g)];
  const last = sizes.at(-1);
  return last ? [Number(last[1]), Number(last[2])] : null;
}

const CURSES = `import curses
def main(screen):
    y, x = 5, 10
    while True:
        screen.erase()
        screen.addstr(0, 0, f"the dot is at {y},{x}")
        screen.addch(y, x, "@")
        screen.refresh()
        key = screen.getch()
        if key == ord("q"): return
        y += {curses.KEY_UP: -1, curses.KEY_DOWN: 1}.get(key, 0)
        x += {curses.KEY_LEFT: -1, curses.KEY_RIGHT: 1}.get(key, 0)
curses.wrapper(main)
print("left the screen")`;

const SIZES = `trap 'echo size $(stty size)' WINCH
echo size $(stty size)
while :; do sleep 0.1; done`;

test.describe("in a window", () => {
  let ide: Ide;
  test.beforeEach(async ({ page }) => {
    ide = new Ide(page);
    await ide.open();
  });

  test("a program that draws the screen is moved through by the arrow keys, without a click before", async ({
    page,
  }) => {
    await runInTerminal(ide, oneLine(CURSES));
    await expect(screen(page)).toContainText("the dot is at 5,10");
    await expect(screen(page)).toContainText("@");
    for (const key of ["ArrowRight", "ArrowRight", "ArrowUp"]) await page.keyboard.press(key);
    await expect(screen(page)).toContainText("the dot is at 4,12");
    await page.keyboard.press("q");
    await expect(ide.status).toHaveText(/success/i);
    await expect(screen(page)).toContainText("left the screen");
    await expect(screen(page)).not.toContainText("the dot");
  });

  test(
    "the REPL answers what is typed, has the program beside it, and ends with Ctrl-D",
    ALL_ONLY,
    async ({ page }) => {
      await ide.write("def half(n): return n // 2");
      await choose(page, "REPL");
      await expect(screen(page)).toContainText(">>>");
      await page.keyboard.type("from main import half\n");
      await page.keyboard.type("half(12) * 7\n");
      await expect(screen(page)).toContainText("42");
      await page.keyboard.press("Control+d");
      await expect(ide.status).toHaveText(/success/i);
    },
  );

  test("the program sees the size of the view, and each change of it", ALL_ONLY, async ({ page }) => {
    await ide.choose("Bash");
    await runInTerminal(ide, SIZES);
    await expect.poll(() => lastSize(page)).not.toBeNull();
    // Once the view is there the size is its own: as many columns as fit.
    const width = (await screen(page).boundingBox())?.width ?? 0;
    const pixelsOfColumn = async () => width / ((await lastSize(page))?.[1] ?? 0);
    await expect.poll(pixelsOfColumn).toBeGreaterThan(7.5);
    await expect.poll(pixelsOfColumn).toBeLessThan(10);
    const [, before] = (await lastSize(page)) ?? [0, 0];
    await page.setViewportSize({ width: 1000, height: 500 });
    await expect.poll(async () => (await lastSize(page))?.[1] ?? before).toBeLessThan(before);
    await ide.stop.click();
    await expect(ide.status).toHaveText("Stopped");
  });

  test(
    "Ctrl-C interrupts; copying, searching and leaving have keys of their own",
    ALL_ONLY,
    async ({ page, context }) => {
      await context.grantPermissions(["clipboard-read", "clipboard-write"]);
      const code =
        "import time\ntry:\n    print('needle one')\n    time.sleep(60)\nexcept KeyboardInterrupt:\n    print('interrupted')\n    input()";
      await runInTerminal(ide, oneLine(code));
      await expect(screen(page)).toContainText("needle one");
      await page.keyboard.press("Control+Shift+F");
      const find = page.getByRole("textbox", { name: "Find in the terminal" });
      await expect(find).toBeFocused();
      await find.fill("no such text");
      await expect(page.getByText("Nothing matches")).toBeVisible();
      await find.fill("needle");
      await expect(page.getByText("Nothing matches")).toBeHidden();
      await page.keyboard.press("Escape");
      await expect(find).toBeHidden();
      // The match is what is selected, and nothing of this has reached the program.
      await page.keyboard.press("Control+Shift+C");
      await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe("needle");
      await expect(screen(page)).not.toContainText("interrupted");
      await page.keyboard.press("Control+c");
      await expect(screen(page)).toContainText("interrupted");
      await page.keyboard.press("Control+Shift+X");
      await expect(page.getByRole("button", { name: "Search the terminal" })).toBeFocused();
      await page.keyboard.press("Tab");
      await expect(page.getByRole("button", { name: "Screen reader mode" })).toBeFocused();
      await ide.stop.click();
      await expect(ide.status).toHaveText("Stopped");
    },
  );

  test("a lost connection is made again, with nothing missing or twice", async ({ page }) => {
    const routes: WebSocketRoute[] = [];
    await page.routeWebSocket(/\/terminal\?from=/, (route) => {
      routes.push(route);
      route.connectToServer();
    });
    // What is printed until the line is typed comes before, the rest after the break; more than the view's scrollback has no line twice.
    const code =
      "for n in range(2000): print('line', n)\ninput('typed? ')\nfor n in range(2000, 2100): print('line', n)";
    await runInTerminal(ide, code);
    await expect(screen(page)).toContainText("typed?");
    await routes[0]?.close({ code: 1012 });
    await expect.poll(() => routes.length).toBe(2);
    expect(Number(new URL(routes[1]?.url() ?? "").searchParams.get("from"))).toBeGreaterThan(15_000);
    await page.keyboard.press("Enter");
    await expect(ide.status).toHaveText(/success/i);
    await expect(screen(page)).toContainText("line 2099");
    await expect(screen(page)).toContainText("line 2085");
  });

  test(
    "a terminal whose sign-in has ended says so, and does not connect again",
    ALL_ONLY,
    async ({ page }) => {
      const routes: WebSocketRoute[] = [];
      await page.routeWebSocket(/\/terminal\?from=/, (route) => {
        routes.push(route);
        route.connectToServer();
      });
      await runInTerminal(ide, "print('still mine')\ninput()");
      await expect(screen(page)).toContainText("still mine");
      const message = "The sign-in by which this terminal was opened has ended.";
      const error = { code: "unauthorized", message, details: [] };
      // As the server does, which asks every 30 seconds.
      routes[0]?.send(JSON.stringify({ type: "error", error }));
      await routes[0]?.close({ code: 4401, reason: "ended" });
      const alert = ide.result.getByRole("alert");
      await expect(alert).toContainText("You are not signed in");
      await expect(alert).toContainText(message);
      await expect(ide.run).toBeEnabled();
      // Longer than a connection anew would take.
      await page.waitForTimeout(1_500);
      expect(routes).toHaveLength(1);
    },
  );

  test("a megabyte of output leaves the page usable, and is cut at its limit", ALL_ONLY, async ({ page }) => {
    await runInTerminal(ide, "while True: print('x' * 60)");
    await expect(ide.status).toHaveText(/output/i);
    await expect(screen(page)).toContainText("x".repeat(20));
    await runInTerminal(ide, "print('still here')");
    await expect(screen(page)).toContainText("still here");
  });

  test("a program survives a reload of the page, which shows all of it again and types to it", async ({
    page,
  }) => {
    await runInTerminal(ide, "print('before the reload')\nprint('hello', input('name? '))");
    await expect(screen(page)).toContainText("name?");
    await page.reload();
    await expect(screen(page)).toContainText("before the reload");
    await expect(ide.stop).toBeVisible();
    // The focus is there by itself.
    await page.keyboard.type("Ada\n");
    await expect(screen(page)).toContainText("hello Ada");
    await expect(ide.status).toHaveText(/success/i);
  });

  test("what a program prints is drawn, never HTML, and opens neither scripts nor plain http", async ({
    page,
  }) => {
    const code = `print("<b id=injected>bold</b> ${link("javascript:alert(1)", "script")} ${link("http://plain.example", "plain")}")`;
    const asked: string[] = [];
    page.on("dialog", (dialog) => {
      asked.push(dialog.message());
      void dialog.dismiss();
    });
    await runInTerminal(ide, code);
    await expect(screen(page)).toContainText("<b id=injected>bold</b>");
    await expect(page.locator("#injected")).toHaveCount(0);
    for (const word of ["script", "plain"]) await clickWord(page, word);
    expect(asked).toEqual([]);
  });
});

test.describe("on a telephone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("it fits the screen, and keys that its keyboard lacks can be pressed", async ({ page }) => {
    const ide = new Ide(page);
    await ide.open();
    const code =
      "import time\ntry:\n    print('up')\n    time.sleep(60)\nexcept KeyboardInterrupt:\n    print('interrupted')";
    await ide.write(oneLine(code));
    await choose(page, "Run in terminal");
    await expect(screen(page)).toContainText("up");
    const keys = page.getByRole("toolbar", { name: "Keys" });
    await expect(keys.getByRole("button").first()).toBeVisible();
    for (const key of await keys.getByRole("button").all()) {
      const box = await key.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await keys.getByRole("button", { name: /interrupt/ }).tap();
    await expect(screen(page)).toContainText("interrupted");
    await expect(ide.status).toHaveText(/success/i);
  });
});
