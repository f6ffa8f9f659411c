/** The app's image, built as docs/operation.md says. */
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { rootCertificates } from "node:tls";
import { run } from "../../bin/setup/child.mjs";

const ROOT = path.join(import.meta.dirname, "../..");
/** Of one variable, which Linux holds to 128 KB. */
const MAX_BUNDLE_BYTES = 120_000;

/** Builds it, from Docker's cache where nothing has changed. Rejects with the last lines of the build. */
export async function buildAppImage(tag: string, env: NodeJS.ProcessEnv): Promise<{ bytes: number }> {
  const bundle = extraCertificates(env.NODE_EXTRA_CA_CERTS);
  const args = ["build", "--tag", tag, ...(bundle === "" ? [] : ["--build-arg", "CA_BUNDLE"]), "."];
  await run("docker", args, { cwd: ROOT, env: { ...env, CA_BUNDLE: bundle } });
  return { bytes: Number(await run("docker", ["image", "inspect", "--format", "{{.Size}}", tag])) };
}

/** Those of a PEM file that Node does not trust by itself: where a proxy re-signs TLS, its own. */
function extraCertificates(file: string | undefined): string {
  if (!file) return "";
  const known = new Set(rootCertificates.map(fingerprint));
  const blocks =
    readFileSync(file, "utf8").match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const bundle = blocks.filter((block) => !known.has(fingerprint(block))).join("\n");
  if (bundle.length <= MAX_BUNDLE_BYTES) return bundle;
  throw new Error(
    `${file} has ${bundle.length} bytes of certificates of its own; at most ${MAX_BUNDLE_BYTES} can be given.`,
  );
}

function fingerprint(pem: string): string {
  return new X509Certificate(pem).fingerprint256;
}
