/** A page's query parameters, as Next.js passes them: a name may occur more than once. */
export type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

/** The first value of a parameter. */
export function firstValue(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" ? value : value?.[0];
}
