/**
 * For the Dockerfile: writes the archive of npm to a file. Debian's package of npm brings 300 others and takes minutes.
 * Usage: fetch-npm.mjs FILE. `npm_config_registry` names another registry than npm's own.
 */
import { createHash } from "node:crypto";
import fs from "node:fs";

const VERSION = "11.19.1";
const INTEGRITY =
  "sha512-ztsxKxt/kkIaAs+2i0GU6I+DRmUdrNasxTZKJe9TCdSjKxlhah/4r/hl5ygMD6XAg1qZ9c2TNomR4qgOydp10g==";

const registry = (process.env.npm_config_registry || "https://registry.npmjs.org").replace(/\/+$/, "");
const address = `${registry}/npm/-/npm-${VERSION}.tgz`;
const [file] = process.argv.slice(2);
if (!file) throw new Error("Usage: fetch-npm.mjs FILE");

const answer = await fetch(address).catch((cause) => {
  // Node says only "fetch failed"; the reason is below.
  throw new Error(
    `${address} cannot be had: ${cause.cause?.message ?? cause.message}. Behind a proxy that re-signs TLS give CA_BUNDLE.`,
  );
});
if (!answer.ok) throw new Error(`${address} answers ${answer.status}.`);
const archive = Buffer.from(await answer.arrayBuffer());
const found = `sha512-${createHash("sha512").update(archive).digest("base64")}`;
if (found !== INTEGRITY)
  throw new Error(`${address} is not what was expected: ${found} instead of ${INTEGRITY}.`);
fs.writeFileSync(file, archive);
