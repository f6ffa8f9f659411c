import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { customAlphabet } from "nanoid";
import { Secret, TOTP } from "otpauth";

const PERIOD_S = 30;
/** Steps before and after the present one whose codes count: clocks differ, and typing takes a while. */
const WINDOW = 1;
/** As RFC 4226 advises: 160 bits. */
const SECRET_BYTES = 20;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Ten of 31 characters that cannot be taken for one another: 49 random bits. */
const recoveryText = customAlphabet("abcdefghjkmnpqrstuvwxyz23456789", 10);
const RECOVERY_CODES = 10;

/** Makes and checks the codes of two-factor sign-in (RFC 6238), and keeps their secrets from whoever reads the database. */
export interface OneTimeCodes {
  /** A new secret: for the app as text and address, for the store encrypted. */
  begin(user: string, label: string): { secret: string; uri: string; sealed: string };
  /** The time step whose code this is; `null` when it is none of those that count now. */
  stepOf(user: string, sealed: string, code: string, now: Date): number | null;
  /** New recovery codes and their hashes. */
  recovery(user: string): { codes: string[]; hashes: string[] };
  recoveryHash(user: string, code: string): string;
}

export function createOneTimeCodes(serverSecret: string): OneTimeCodes {
  const key = Buffer.from(hkdfSync("sha256", serverSecret, "", "quicksand two-factor", 32));

  /** Bound to the user: another's row copied over theirs does not open. */
  function seal(user: string, text: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(user));
    const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url");
  }

  function open(user: string, sealed: string): string {
    const bytes = Buffer.from(sealed, "base64url");
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, IV_BYTES)).setAAD(
      Buffer.from(user),
    );
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const body = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES));
    return Buffer.concat([body, decipher.final()]).toString("utf8");
  }

  const totp = (secret: string, label = "") =>
    new TOTP({ issuer: "Quicksand", label, period: PERIOD_S, secret: Secret.fromBase32(secret) });

  function recoveryHash(user: string, code: string): string {
    const plain = code.toLowerCase().replace(/[^a-z0-9]/g, "");
    return createHmac("sha256", key).update(`recovery:${user}:${plain}`).digest("base64url");
  }

  return {
    begin(user, label) {
      const secret = new Secret({ size: SECRET_BYTES }).base32;
      return { secret, uri: totp(secret, label).toString(), sealed: seal(user, secret) };
    },

    stepOf(user, sealed, code, now) {
      const digits = code.replace(/\s/g, "");
      if (!/^\d{6}$/.test(digits)) return null;
      const timestamp = now.getTime();
      const delta = totp(open(user, sealed)).validate({ token: digits, timestamp, window: WINDOW });
      return delta === null ? null : Math.floor(timestamp / 1_000 / PERIOD_S) + delta;
    },

    recovery(user) {
      const codes = Array.from({ length: RECOVERY_CODES }, () => {
        const text = recoveryText();
        return `${text.slice(0, 5)}-${text.slice(5)}`;
      });
      return { codes, hashes: codes.map((code) => recoveryHash(user, code)) };
    },

    recoveryHash,
  };
}
