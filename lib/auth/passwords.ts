import { hash, verify } from "@node-rs/argon2";

/** OWASP's first choice for argon2id (Password Storage Cheat Sheet): 19 MiB, two passes; about 20 ms here. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Verified against when there is no account, so that the response time does not reveal whether there is one. */
let ofNobody: Promise<string> | undefined;

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), OPTIONS);
}

/** `passwordHash` is `null` without an account or without a password: this takes as long as any other, and is never right. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  ofNobody ??= hashPassword("a password of nobody's");
  const right = await verify(passwordHash ?? (await ofNobody), password.normalize("NFKC"));
  return right && passwordHash !== null;
}
