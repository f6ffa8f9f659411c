import type { ServerStatus } from "@/lib/schemas/status";
import { Card, CardRow } from "../ui/card";

/** What runs here. The server tells it to admins only. */
export function Versions({ versions }: { versions: NonNullable<ServerStatus["versions"]> }) {
  const rows = [
    ["Quicksand", versions.quicksand],
    ["Node.js", versions.node],
    ["Docker", versions.docker ?? "does not answer"],
    ["Database", versions.store],
  ] as const;
  return (
    <section aria-labelledby="versions-title" className="space-y-3">
      <div>
        <h2 id="versions-title" className="font-semibold text-lg">
          Versions
        </h2>
        <p className="mt-0.5 text-base text-muted">Shown to admins only.</p>
      </div>
      <Card>
        {rows.map(([name, version]) => (
          <CardRow key={name} label={name}>
            {version}
          </CardRow>
        ))}
      </Card>
    </section>
  );
}
