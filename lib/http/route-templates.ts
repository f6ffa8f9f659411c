import { endpoints } from "../schemas/endpoints";

/**
 * Addresses beside those of the endpoints, as Next.js has them in `app`: pages, other services' APIs, and what is asked for by other
 * libraries. `*` is any rest.
 */
const OTHERS = [
  ...["/", "/admin", "/docs", "/docs/api", "/docs/languages", "/embed/{id}", "/forgot-password", "/history"],
  ...["/history/compare", "/new", "/p/{id}", "/programs", "/r/{id}", "/r/{id}/opengraph-image"],
  ...["/reset-password", "/settings", "/sign-in", "/sign-up", "/status", "/verify-email"],
  ...["/.well-known/security.txt", "/icon.svg", "/_next/static/*", "/language-servers/*"],
  ...["/api/auth/*", "/api/mcp", "/api/*"],
  ...["/api/v2", "/api/v2/execute", "/api/v2/packages", "/api/v2/runtimes", "/api/v2/connect", "/api/v2/*"],
  ...["/api/v2/piston", "/api/v2/piston/execute", "/api/v2/piston/packages", "/api/v2/piston/runtimes"],
  ...["/judge0/about", "/judge0/authenticate", "/judge0/authorize", "/judge0/config_info", "/judge0/isolate"],
  ...["/judge0/languages", "/judge0/languages/all", "/judge0/languages/{id}", "/judge0/license"],
  ...["/judge0/statistics", "/judge0/statuses", "/judge0/submissions", "/judge0/submissions/batch"],
  ...["/judge0/submissions/{id}", "/judge0/system_info", "/judge0/version", "/judge0/workers", "/judge0/*"],
  ...[
    "/v1/download/{id}/{name}",
    "/v1/exec",
    "/v1/files/{id}",
    "/v1/files/{id}/{name}",
    "/v1/upload",
    "/v1/*",
  ],
] as const;

/** What is at none of them. */
export const NO_ROUTE = "none";

export const ROUTE_TEMPLATES: readonly string[] = [
  ...new Set([...OTHERS, ...Object.values(endpoints).map(({ path }) => path.replace("{runId}", "{id}"))]),
];

interface Node {
  children: Map<string, Node>;
  /** What a segment of any name leads to. */
  any?: Node;
  template?: string;
  /** The template of whatever is below. */
  rest?: string;
}

const root: Node = { children: new Map() };
for (const template of ROUTE_TEMPLATES) insert(template);

function insert(template: string): void {
  let node = root;
  for (const segment of template.split("/").slice(1)) {
    if (segment === "*") {
      node.rest = template;
      return;
    }
    let next = segment.startsWith("{") ? node.any : node.children.get(segment);
    next ??= { children: new Map() };
    if (segment.startsWith("{")) node.any = next;
    else node.children.set(segment, next);
    node = next;
  }
  node.template = template;
}

/** The address's template, such as `/api/runs/{id}`: one of a closed list, for what is counted by address. */
export function routeTemplate(path: string): string {
  return find(root, path.split("/").slice(1), 0) ?? NO_ROUTE;
}

/** A name goes before any, and any before a rest, as in Next.js. */
function find(node: Node, segments: readonly string[], index: number): string | undefined {
  const segment = segments[index];
  if (segment === undefined) return node.template;
  const named = node.children.get(segment);
  return (
    (named && find(named, segments, index + 1)) ??
    (node.any && segment !== "" ? find(node.any, segments, index + 1) : undefined) ??
    node.rest
  );
}
