/** What stands behind the `?` of an address, as Next gives it: a name can be there more than once. */
export type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

/** The value of a name; the first where there are several. */
export function firstValue(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" ? value : value?.[0];
}
