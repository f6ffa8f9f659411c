import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { chmod, mkdtemp, readdir, readFile, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { createGuests } from "./guest";
import { draftSecret, knownSecret, loadSecret } from "./secret";

const guests = createGuests({ secret: "a secret of the server", secure: false });

function headersWith(cookie?: string): Headers {
  return new Headers(cookie === undefined ? {} : { cookie });
}

function newGuest() {
  const { id, setCookie } = guests.guestOf(headersWith());
  const cookie = setCookie?.split(";")[0] ?? "";
  return { id, cookie, value: cookie.slice(cookie.indexOf("=") + 1) };
}

test("a new guest has an id of 132 random bits and gets a cookie that leads back to it", () => {
  const { id, cookie } = newGuest();
  assert.match(id, /^guest_[\w-]{22}$/);
  assert.notEqual(newGuest().id, id);
  for (const header of [cookie, `a=1; ${cookie};b=2`, `  ${cookie}  `, `qs_guest=junk; ${cookie}`]) {
    assert.deepEqual(guests.guestOf(headersWith(header)), { id, setCookie: null });
  }
});

test("what is forged or garbled makes a new guest, never an error", () => {
  const { id: guest, value } = newGuest();
  const [id = "", signature = ""] = value.split(".");
  const otherServer = createGuests({ secret: "another secret", secure: false });
  const foreign = otherServer.guestOf(headersWith()).setCookie?.split(";")[0] ?? "";
  const bad = [
    `qs_guest=${newGuest().id}.${signature}`,
    `qs_guest=${id}.${signature.slice(0, -1)}`,
    `qs_guest=${id}.${signature}x`,
    `qs_guest=${id}.`,
    `qs_guest=${id}`,
    `qs_guest=.${signature}`,
    `qs_guest=${id}.${signature}.${signature}`,
    `qs_guest=user_1.${signature}`,
    "qs_guest=",
    "qs_guest",
    "=;=;;;",
    `qs_guest=${"x".repeat(10_000)}`,
    `qs_guest=%00%ff\u00ff`,
    `QS_GUEST=${value}`,
    foreign,
  ];
  for (const cookie of bad) {
    const other = guests.guestOf(headersWith(cookie));
    assert.notEqual(other.id, guest, cookie);
    assert.ok(other.setCookie);
  }
});

test("over https the cookie is __Host- and Secure, and the plain one does not count", () => {
  const secure = createGuests({ secret: "a secret of the server", secure: true });
  const { setCookie } = secure.guestOf(headersWith());
  assert.match(setCookie ?? "", /^__Host-qs_guest=.*; Path=\/; .*HttpOnly; SameSite=Lax; Secure$/);
  assert.doesNotMatch(setCookie ?? "", /Domain/);
  const { value, id } = newGuest();
  assert.notEqual(secure.guestOf(headersWith(`qs_guest=${value}`)).id, id);
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "quicksand-secret-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test("the configured secret is used as it is and nothing is written", async () => {
  const folder = await newFolder();
  assert.equal(await loadSecret("configured", path.join(folder, "data")), "configured");
  assert.deepEqual(await readdir(folder), []);
});

test("a secret is made once, readable to this user only, and kept", async () => {
  const folder = path.join(await newFolder(), "new");
  const secret = await loadSecret(undefined, folder);
  assert.ok(secret.length >= 43);
  assert.equal(await loadSecret(undefined, folder), secret);
  const file = path.join(folder, "secret");
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  await chmod(file, 0o644);
  await loadSecret(undefined, folder);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
});

test("many that start at once agree on one secret and leave no drafts", async () => {
  const folder = await newFolder();
  const secrets = await Promise.all(Array.from({ length: 50 }, () => loadSecret(undefined, folder)));
  assert.equal(new Set(secrets).size, 1);
  assert.deepEqual(await readdir(folder), ["secret"]);
});

test("a drafted secret takes the place of the one that is there when it is kept, and leaves nothing else", async () => {
  const folder = path.join(await newFolder(), "new");
  assert.equal(await knownSecret(undefined, folder), null);
  assert.equal(await knownSecret("configured", folder), "configured");
  // As short as NEXTAUTH_SECRET may be, from where a backup has it.
  const [first, second] = ["1".repeat(16), "2".repeat(16)];
  await (await draftSecret(first, folder)).keep();
  // Of a process that was ended before it kept it.
  await draftSecret(second, folder);
  const [kept, discarded] = [await draftSecret(second, folder), await draftSecret(first, folder)];
  assert.equal(await knownSecret(undefined, folder), first);
  await discarded.discard();
  await kept.keep();
  assert.deepEqual(await readdir(folder), ["secret"]);
  assert.equal((await stat(path.join(folder, "secret"))).mode & 0o777, 0o600);
  assert.equal(await loadSecret(undefined, folder), second);
  await assert.rejects(draftSecret("short", folder), /5 characters; a secret has at least 16/);
});

test("a secret file that is too short is an error that says what to do, and is left as it is", async () => {
  const folder = await newFolder();
  await writeFile(path.join(folder, "secret"), "short\n");
  await assert.rejects(knownSecret(undefined, folder), /5 characters.*Remove the file/s);
  await assert.rejects(loadSecret(undefined, folder), /5 characters.*Remove the file.*NEXTAUTH_SECRET/s);
  assert.equal(await readFile(path.join(folder, "secret"), "utf8"), "short\n");
});
