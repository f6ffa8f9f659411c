import assert from "node:assert/strict";
import { test } from "node:test";
import { browserOf } from "./browser";

const named = (agent: string) => browserOf(new Headers({ "user-agent": agent }));

test("common browsers are named with their version and system, and not by what they are compatible with", () => {
  const chrome =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0";
  const safari = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5";
  const agents = {
    [`${chrome} Safari/537.36`]: "Chrome 126 on Windows",
    [`${chrome} Safari/537.36 Edg/126.0.2592.87`]: "Edge 126 on Windows",
    [`${chrome} Safari/537.36 OPR/112.0.0.0`]: "Opera 112 on Windows",
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0": "Firefox 128 on Linux",
    [`Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) ${safari} Safari/605.1.15`]: "Safari 17 on macOS",
    [`Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) ${safari} Mobile/15E148 Safari/604.1`]:
      "Safari 17 on iOS",
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile Safari/537.36":
      "Chrome 126 on Android",
    "curl/8.5.0": "curl 8",
    "python-requests/2.32": "a program",
  };
  for (const [agent, name] of Object.entries(agents)) assert.equal(named(agent), name, agent);
  assert.equal(browserOf(new Headers()), "unknown");
});

test("what a client invents does not get into the name, however long it is", () => {
  assert.equal(named("<script>alert(1)</script>"), "a program");
  assert.equal(named(`Firefox/${"9".repeat(400)}`), "Firefox 9999");
  assert.equal(named(`${"(".repeat(100_000)} Firefox/1`), "a program");
});
