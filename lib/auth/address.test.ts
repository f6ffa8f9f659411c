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

test("an IPv4 address is itself in every spelling, from the connection or from a proxy", () => {
  const spellings = [
    "198.51.100.1",
    "198.51.100.1:4711",
    "::ffff:198.51.100.1",
    "::FFFF:198.51.100.1",
    "::ffff:c633:6401",
    "::FFFF:C633:6401",
    "0:0:0:0:0:ffff:c633:6401",
    "0000:0000:0000:0000:0000:ffff:198.51.100.1",
    "::ffff:198.51.100.1%eth0",
    "[::ffff:198.51.100.1]",
    "[::ffff:c633:6401]:4711",
  ];
  for (const spelling of spellings) {
    assert.equal(addressOf(headers(spelling), 0), "198.51.100.1", spelling);
    assert.equal(addressOf(headers("10.0.0.1", `forged, ${spelling}`), 1), "198.51.100.1", spelling);
  }
  assert.notEqual(addressOf(headers("::ffff:c633:6402"), 0), "198.51.100.1");
});

test("IPv6 forms that carry an IPv4 address count as that address: neither shared by all, nor 65,536 networks of one", () => {
  for (const [form, spelling] of [
    ["IPv4-translated (RFC 7915)", "::ffff:0:198.51.100.1"],
    ["NAT64 (RFC 6052)", "64:ff9b::198.51.100.1"],
    ["NAT64 in hexadecimal", "64:ff9b::c633:6401"],
    ["6to4 (RFC 3056)", "2002:c633:6401:7::1"],
    ["6to4, another network of the same site", "2002:c633:6401:8::1"],
    ["IPv4-compatible (RFC 4291)", "::198.51.100.1"],
    ["IPv4-compatible in hexadecimal", "::c633:6401"],
  ] as const) {
    assert.equal(addressOf(headers(spelling), 0), "198.51.100.1", form);
  }
});

test("other IPv6 addresses count by their /64, whatever their spelling", () => {
  const first = addressOf(headers("2001:db8:1:2:3:4:5:6"), 0);
  assert.equal(first, "2001:db8:1:2::/64");
  for (const same of [
    "2001:DB8:1:2::9",
    "2001:0db8:0001:0002:ffff:ffff:ffff:ffff",
    "2001:db8:1:2::%eth0",
    "[2001:db8:1:2::9]:443",
    "2001:db8:1:2::198.51.100.1",
  ]) {
    assert.equal(addressOf(headers(same), 0), first, same);
  }
  assert.notEqual(addressOf(headers("2001:db8:1:3::9"), 0), first);
  assert.equal(addressOf(headers("::1"), 0), "::/64");
  assert.equal(addressOf(headers("fe80::1%eth0"), 0), "fe80::/64");
});

test("what is no address is one and the same, however long it is", () => {
  const garbage = [
    ...["", "unknown", "_hidden", "198.51.100", "0x7f.1", "198.51.100.001", "999.1.1.1", "2001:db8::1::2"],
    ...["[", "[]:1", ":::", "::ffff:999.1.1.1", "1.2.3.4:x", "%eth0", "x".repeat(10_000)],
  ];
  for (const text of garbage) assert.equal(addressOf(headers(text), 0), "unknown", text.slice(0, 40));
  assert.equal(addressOf(headers("10.0.0.1", `1.2.3.4, ${"y".repeat(10_000)}`), 1), "unknown");
});

test("what stands for an address is another on another day, and for another server", () => {
  const key = addressKey("198.51.100.1", "2026-11-22", "secret");
  assert.match(key, /^address_[\w-]{22}$/);
  assert.equal(addressKey("198.51.100.1", "2026-11-22", "secret"), key);
  assert.notEqual(addressKey("198.51.100.1", "2026-11-23", "secret"), key);
  assert.notEqual(addressKey("198.51.100.1", "2026-11-22", "other"), key);
});
