/** The values of all cookies of a name: a browser may send several, and only one of them need be ours. */
export function cookiesNamed(name: string, header: string): string[] {
  return header.split(";").flatMap((pair) => {
    const equals = pair.indexOf("=");
    return equals > 0 && pair.slice(0, equals).trim() === name ? [pair.slice(equals + 1).trim()] : [];
  });
}

/** All cookies of a header, as next-auth wants them: decoded, the last one of a name. */
export function parseCookies(header: string): Record<string, string> {
  const pairs = header.split(";").map((pair) => pair.trim().split("="));
  return Object.fromEntries(
    pairs.flatMap(([name = "", ...rest]) => (name === "" ? [] : [[name, decode(rest.join("="))]])),
  );
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
