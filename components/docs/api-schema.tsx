import type { JsonSchema } from "@/lib/schemas/openapi";
import { MarkedText } from "./marked-text";
import { schemaText } from "./schema-text";

/** A schema by its fields; `#schema-RunResult` of the page leads to it. */
export function ApiSchema({ name, schema }: { name: string; schema: JsonSchema }) {
  const fields = Object.entries(schema.properties ?? {});
  return (
    <details id={`schema-${name}`} className="scroll-mt-6">
      <summary className="touch-target cursor-pointer px-4 py-2.5 hover:bg-hover focus-visible:outline-offset-[-2px]">
        <code className="font-mono text-base">{name}</code>
      </summary>
      <div className="space-y-3 border-line border-t bg-sunken px-4 py-4 text-base">
        {schema.description === undefined ? null : (
          <p className="text-muted">
            <MarkedText text={schema.description} />
          </p>
        )}
        {fields.length === 0 ? <p className="wrap-anywhere font-mono">{schemaText(schema)}</p> : null}
        <dl className="space-y-1">
          {fields.map(([field, of]) => (
            <div key={field} className="gap-x-4 sm:grid sm:grid-cols-[10rem_1fr]">
              <dt className="wrap-anywhere">
                <code className="font-mono">{field}</code>
                {schema.required?.includes(field) ? null : <span className="text-faint"> optional</span>}
              </dt>
              <dd className="wrap-anywhere text-muted">
                {schemaText(of)}
                {of.description === undefined ? null : <MarkedText text={`. ${of.description}`} />}
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </details>
  );
}
