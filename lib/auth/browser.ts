/** The most characters of a `User-Agent` that are looked at: real ones are shorter, and nobody may keep us busy with one. */
const MAX_USER_AGENT_CHARS = 500;

/** In this order: most browsers also name those that they are compatible with. */
const BROWSERS: readonly (readonly [token: RegExp, name: string])[] = [
  [/\bEdg(?:A|iOS)?\/(\d+)/, "Edge"],
  [/\bOPR\/(\d+)/, "Opera"],
  [/\bSamsungBrowser\/(\d+)/, "Samsung Internet"],
  [/\b(?:Firefox|FxiOS)\/(\d+)/, "Firefox"],
  [/\b(?:HeadlessChrome|Chrome|CriOS|Chromium)\/(\d+)/, "Chrome"],
  [/\bVersion\/(\d+)[\d.]* (?:Mobile\/\S+ )?Safari\//, "Safari"],
  [/^curl\/(\d+)/, "curl"],
];

const SYSTEMS: readonly (readonly [token: RegExp, name: string])[] = [
  [/\b(?:iPhone|iPad|iPod)\b/, "iOS"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bMac OS X\b|\bMacintosh\b/, "macOS"],
  [/\bLinux\b|\bX11\b/, "Linux"],
];

/**
 * The browser and system that a request claims to come from, in words for people: "Firefox 128 on Linux". Only names of this file and
 * digits are in it, so it can be stored and shown as it is. For anything else, "a program"; without a `User-Agent`, "unknown".
 */
export function browserOf(headers: Pick<Headers, "get">): string {
  const agent = (headers.get("user-agent") ?? "").slice(0, MAX_USER_AGENT_CHARS);
  if (agent === "") return "unknown";
  const system = SYSTEMS.find(([token]) => token.test(agent))?.[1];
  for (const [token, name] of BROWSERS) {
    const version = token.exec(agent)?.[1]?.slice(0, 4);
    if (version !== undefined) return `${name} ${version}${system === undefined ? "" : ` on ${system}`}`;
  }
  return "a program";
}
