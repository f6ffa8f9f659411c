import assert from "node:assert/strict";
import { test } from "node:test";
import { isPublic, lookupPublic, PrivateAddressError, refusePrivateHost } from "./public-address";

const PRIVATE = [
  ...["127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1"],
  ...[
    "169.254.169.254",
    "100.64.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
  ],
  ...["::", "::1", "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1"],
  ...["::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "2002:7f00:1::", "::ffff:a9fe:a9fe"],
];

test("only addresses of the public internet are public", () => {
  for (const address of PRIVATE) assert.equal(isPublic(address), false, address);
  for (const address of ["8.8.8.8", "93.184.216.34", "2606:2800:220:1::1"])
    assert.ok(isPublic(address), address);
  assert.equal(isPublic("example.org"), false);
});

test("a host that is written as an address is refused before anything is connected, however it is written", () => {
  for (const url of [
    "http://127.0.0.1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://[::1]/",
    "http://0/",
  ]) {
    assert.throws(() => refusePrivateHost(new URL(url).hostname), PrivateAddressError, url);
  }
  refusePrivateHost("8.8.8.8");
  refusePrivateHost("example.org");
});

test("a name that leads to this machine is refused when it is looked up", async () => {
  const error = await new Promise((resolve) => lookupPublic("localhost", {}, resolve));
  assert.ok(error instanceof PrivateAddressError);
  const all = await new Promise((resolve) => lookupPublic("localhost", { all: true }, resolve));
  assert.ok(all instanceof PrivateAddressError);
});
