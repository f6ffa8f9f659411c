/** The values of all cookies of a name: a browser may send several, and only one of them need be ours. */
export function cookiesNamed(name: string, header: string): string[] {
  return header.split(";").flatMap((pair) => {
    const equals = pair.indexOf("=");
    return equals > 0 && pair.slice(0, equals).trim() === name ? [pair.slice(equals + 1).trim()] : [];
  });
}
