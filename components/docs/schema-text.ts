import type { JsonSchema } from "@/lib/schemas/openapi";

/** The name in a reference to a component. */
export function schemaName(ref: string): string {
  return ref.slice(ref.lastIndexOf("/") + 1);
}

/** A schema in a few words, such as `list of RunSummary` or `integer, 1 to 100`. */
export function schemaText(schema: JsonSchema): string {
  const { $ref, type, enum: values, const: only, items, anyOf, oneOf } = schema;
  if ($ref !== undefined) return schemaName($ref);
  if (values) return values.map((value) => JSON.stringify(value)).join(" | ");
  if (only !== undefined) return JSON.stringify(only);
  const either = anyOf ?? oneOf;
  if (either) return [...new Set(either.map(schemaText))].join(" | ");
  if (items) return `list of ${schemaText(items)}`;
  const kind = Array.isArray(type) ? type.join(" | ") : (type ?? "anything");
  return `${kind}${boundsText(schema)}`;
}

function boundsText({ minimum, maximum, minLength, maxLength }: JsonSchema): string {
  // Of every whole number in JSON, which says nothing.
  const most = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  const least = minimum === Number.MIN_SAFE_INTEGER ? undefined : minimum;
  if (least !== undefined && most !== undefined) return `, ${shown(least)} to ${shown(most)}`;
  if (least !== undefined) return `, at least ${shown(least)}`;
  if (most !== undefined) return `, at most ${shown(most)}`;
  if (maxLength !== undefined) return `, at most ${shown(maxLength)} characters`;
  return minLength === 1 ? ", not empty" : "";
}

function shown(value: number): string {
  return value.toLocaleString("en");
}
