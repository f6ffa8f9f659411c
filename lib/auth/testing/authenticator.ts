import { Secret, TOTP } from "otpauth";

/** What an authenticator app with this secret shows, `steps` of 30 s from `now`. */
export function shownCode(secret: string, steps = 0, now = Date.now()): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now + steps * 30_000 });
}
