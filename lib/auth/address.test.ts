import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { addressKey, addressOf, notePeers } from "./address";

function headers(peer: string, forwarded?: string): Headers {
  return new Headers({ "x-quicksand-peer": peer, ...(forwarded ? { "x-forwarded-for": forwarded } : {}) });
}

test("without a proxy the address is that of the connection, whatever the client says", () => {
  assert.equal(addressOf(headers("198.51.100.1"), 0), "198.51.100.1");
  assert.equal(addressOf(headers("198.51.100.1", "203.0.113.9, 10.0.0.1"), 0), "198.51.100.1");
});

test("each trusted proxy counts one back from the end; what stands before is the client's own invention", () => {
  assert.equal(addressOf(headers("10.0.0.1", "forged, 198.51.100.1"), 1), "198.51.100.1");
  assert.equal(addressOf(headers("10.0.0.2", "forged, 198.51.100.1, 10.0.0.1"), 2), "198.51.100.1");
  assert.equal(addressOf(headers("10.0.0.1"), 3), "10.0.0.1");
});

test("one network is one address: mapped IPv4 is IPv4, and IPv6 counts by its first half", () => {
  assert.equal(addressOf(headers("::ffff:198.51.100.1"), 0), "198.51.100.1");
  const first = addressOf(headers("2001:db8:1:2:3:4:5:6"), 0);
  assert.equal(first, "2001:db8:1:2::/64");
  for (const same of ["2001:DB8:1:2::9", "2001:0db8:0001:0002:ffff:ffff:ffff:ffff", "2001:db8:1:2::%eth0"]) {
    assert.equal(addressOf(headers(same), 0), first, same);
  }
  assert.notEqual(addressOf(headers("2001:db8:1:3::9"), 0), first);
  assert.equal(addressOf(headers("::1"), 0), "0:0:0:0::/64");
});

test("what stands for an address is another on another day, and for another server", () => {
  const key = addressKey("198.51.100.1", "2026-11-22", "secret");
  assert.match(key, /^address_[\w-]{22}$/);
  assert.equal(addressKey("198.51.100.1", "2026-11-22", "secret"), key);
  assert.notEqual(addressKey("198.51.100.1", "2026-11-23", "secret"), key);
  assert.notEqual(addressKey("198.51.100.1", "2026-11-22", "other"), key);
});

test("a server's requests carry the connection's address over whatever the client sent for it", async (t) => {
  notePeers();
  const server = createServer((request, response) =>
    response.end(String(request.headers["x-quicksand-peer"])),
  );
  t.after(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { "x-quicksand-peer": "203.0.113.9" } });
  assert.equal(await answer.text(), "127.0.0.1");
});
