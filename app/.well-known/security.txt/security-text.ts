const DAY_MS = 86_400_000;
/** RFC 9116 recommends less than a year. */
const VALID_DAYS = 180;

interface SecurityTextOptions {
  /** `mailto:`, `https:` or `tel:`. */
  contact: string;
  /** The server's own address, where it is configured. */
  publicUrl: string | undefined;
  now: Date;
}

/** The text of `/.well-known/security.txt` (RFC 9116): whom to tell of a vulnerability. It expires at a midnight, in UTC. */
export function securityText({ contact, publicUrl, now }: SecurityTextOptions): string {
  const expires = new Date((Math.floor(now.getTime() / DAY_MS) + VALID_DAYS) * DAY_MS);
  const fields = [
    `Contact: ${contact}`,
    `Expires: ${expires.toISOString().replace(".000Z", "Z")}`,
    "Preferred-Languages: en",
    ...(publicUrl ? [`Canonical: ${new URL("/.well-known/security.txt", publicUrl)}`] : []),
  ];
  return `${fields.join("\n")}\n`;
}
