import assert from "node:assert/strict";
import { test } from "node:test";
import { addressKey, addressOf } from "./address";

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
