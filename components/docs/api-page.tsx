import Link from "next/link";
import type { OpenApiDocument, Operation } from "@/lib/schemas/openapi";
import { ApiOperation } from "./api-operation";
import { ApiSchema } from "./api-schema";

/** Every endpoint, and the schemas that they share. */
export function ApiPage({ document }: { document: OpenApiDocument }) {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries<Operation>(methods).map(([method, operation]) => ({
      path,
      method: method.toUpperCase(),
      operation,
    })),
  );
  const groups = document.tags.map((tag) => ({
    ...tag,
    operations: operations.filter(({ operation }) => operation.tags.includes(tag.name)),
  }));
  const schemas = Object.entries(document.components.schemas).sort(([a], [b]) => a.localeCompare(b, "en"));
  return (
    <div className="mx-auto max-w-5xl px-4 py-8 sm:px-6">
      <p className="text-base">
        <A href="/docs">How to use Quicksand</A>
      </p>
      <h1 className="mt-2 font-semibold text-2xl tracking-tight">API</h1>
      <p className="mt-2 max-w-2xl text-lg text-muted">
        {operations.length} endpoints, JSON in and JSON out. What is sent from this page is sent as you: with
        your session, or as the guest that you are here.
      </p>
      <p className="mt-2 max-w-2xl text-lg">
        <a
          href="/api/openapi.json"
          className="touch-target rounded-sm text-accent-ink underline hover:text-ink"
        >
          The same as an OpenAPI 3.1 document
        </a>
        , for tools and generated clients. Keys are made in <A href="/settings#keys">Settings</A>.
      </p>
      <div className="mt-6 grid gap-x-10 lg:grid-cols-[10rem_1fr]">
        <nav aria-label="Groups" className="min-w-0">
          <ul className="flex flex-wrap gap-x-1 gap-y-0.5 lg:sticky lg:top-6 lg:flex-col">
            {[...groups.map(({ name }) => name), "Schemas"].map((name) => (
              <li key={name}>
                <a
                  href={`#${name.toLowerCase()}`}
                  className="touch-target flex h-8 items-center rounded-md px-2 text-base text-muted hover:bg-hover hover:text-ink"
                >
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div className="mt-6 min-w-0 space-y-10 lg:mt-0">
          {groups.map(({ name, description, operations: own }) => (
            <Part key={name} name={name} about={description}>
              {own.map((each) => (
                <ApiOperation key={each.operation.operationId} {...each} components={document.components} />
              ))}
            </Part>
          ))}
          <Part name="Schemas" about="What goes over the wire, by name.">
            {schemas.map(([name, schema]) => (
              <ApiSchema key={name} name={name} schema={schema} />
            ))}
          </Part>
        </div>
      </div>
    </div>
  );
}

function Part({ name, about, children }: { name: string; about: string; children: React.ReactNode }) {
  const id = name.toLowerCase();
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="scroll-mt-6">
      <h2 id={`${id}-title`} className="font-semibold text-xl tracking-tight">
        {name}
      </h2>
      <p className="mt-1 text-base text-muted">{about}</p>
      <div className="mt-3 divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
        {children}
      </div>
    </section>
  );
}

function A({ href, children }: { href: string; children: string }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="touch-target rounded-sm text-accent-ink underline hover:text-ink"
    >
      {children}
    </Link>
  );
}
