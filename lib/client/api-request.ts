/** A request as it is put together in the page of the API. */
export interface ApiRequest {
  method: string;
  /** With `{name}` for each parameter. */
  path: string;
  /** By name; an empty one is left out. Those of the path, of the query, and headers. */
  values: readonly { name: string; in: "path" | "query" | "header"; value: string }[];
  /** Empty for a request without one. */
  body: string;
  /** An API key; empty to send the request as the page's own viewer. */
  key: string;
}

export interface BuiltRequest {
  url: string;
  headers: Record<string, string>;
  /** A parameter of the path that has no value yet. */
  missing: string | null;
}

/** Where the request goes, and with which headers. */
export function buildRequest({ path, values, body, key }: ApiRequest): BuiltRequest {
  const given = values.filter(({ value }) => value !== "");
  const inPath = new Map(given.filter((each) => each.in === "path").map(({ name, value }) => [name, value]));
  const missing = [...path.matchAll(/\{(\w+)\}/g)]
    .map(([, name = ""]) => name)
    .find((name) => !inPath.has(name));
  const filled = path.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = inPath.get(name);
    return value === undefined ? whole : encodeURIComponent(value);
  });
  const query = new URLSearchParams(
    given.filter((each) => each.in === "query").map(({ name, value }) => [name, value]),
  ).toString();
  const own = given
    .filter((each) => each.in === "header")
    .map(({ name, value }) => [name.toLowerCase(), value]);
  return {
    url: query === "" ? filled : `${filled}?${query}`,
    headers: {
      ...(body === "" ? {} : { "content-type": "application/json" }),
      ...(key === "" ? {} : { authorization: `Bearer ${key}` }),
      ...Object.fromEntries(own),
    },
    missing: missing ?? null,
  };
}

/** The same as a command of a POSIX shell. */
export function curlCommand(request: ApiRequest, origin: string): string {
  const { url, headers } = buildRequest(request);
  const parts = [
    ...(request.method === "GET" ? [] : [`-X ${request.method}`]),
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(request.body === "" ? [] : [`-d ${quoted(request.body)}`]),
  ];
  return [`curl ${quoted(`${origin}${url}`)}`, ...parts].join(" \\\n  ");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
