/**
 * Whether a client that sends this `Accept-Encoding` is better served with this coding than with the plain bytes (RFC 9110, 12.5.3): what is
 * named has its own weight, everything else that of `*`; 0 refuses. Without the header nothing is asked for, so nothing is compressed.
 */
export function prefers(coding: "gzip" | "br", header: string | undefined): boolean {
  const weights = new Map((header ?? "").split(",").map(weightOf));
  const old = coding === "gzip" ? weights.get("x-gzip") : undefined;
  const weight = weights.get(coding) ?? old ?? weights.get("*") ?? 0;
  // Plain bytes are always acceptable unless refused, but only preferred by a client that says so.
  const plain = weights.get("identity") ?? 0;
  return weight > 0 && weight >= plain;
}

/** `gzip;q=0.5` as its name and weight. A weight that cannot be read is none. */
function weightOf(part: string): [coding: string, weight: number] {
  const [coding = "", ...parameters] = part.split(";").map((piece) => piece.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith("q="));
  if (weight === undefined) return [coding, 1];
  return [coding, /^q=(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(weight) ? Number(weight.slice(2)) : 0];
}
