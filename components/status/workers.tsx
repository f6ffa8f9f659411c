import type { WorkerStatus } from "@/lib/schemas/status";
import { Card, CardRow } from "../ui/card";

/** The machines that run programs, one by one. The server tells of them to admins only. */
export function Workers({ workers }: { workers: readonly WorkerStatus[] }) {
  return (
    <section aria-labelledby="workers-title" className="space-y-3">
      <div>
        <h2 id="workers-title" className="font-semibold text-lg">
          Workers
        </h2>
        <p className="mt-0.5 text-base text-muted">Shown to admins only.</p>
      </div>
      <Card>
        {workers.length === 0 ? (
          <p className="px-4 py-3 text-base text-muted">None is there: start one with npm run worker.</p>
        ) : null}
        {workers.map((worker) => (
          <CardRow key={worker.id} label={worker.host} hint={detailsOf(worker)}>
            {worker.draining ? "Stops" : worker.docker === null ? "Without Docker" : "Takes runs"}
          </CardRow>
        ))}
      </Card>
    </section>
  );
}

function detailsOf({
  running,
  concurrency,
  warm,
  isolation,
  version,
  docker,
  message,
}: WorkerStatus): string {
  const engine = docker === null ? "Docker does not answer" : `Docker ${docker}`;
  const words = `${running} of ${concurrency} run, ${warm} warm; isolation: ${isolation}; Quicksand ${version}, ${engine}`;
  return message === null ? words : `${words}. ${message}`;
}
