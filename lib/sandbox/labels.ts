/** Labels of every container of ours. Containers without them are never touched. */
export const PRODUCT_LABEL = "quicksand.product";
/** The data directory of the server that created it: servers with another one leave it alone. */
export const OWNER_LABEL = "quicksand.owner";
/** The process that created it. */
export const INSTANCE_LABEL = "quicksand.instance";

export interface Ownership {
  owner: string;
  instance: string;
}

export function labelsOf({ owner, instance }: Ownership): Record<string, string> {
  return { [PRODUCT_LABEL]: "quicksand", [OWNER_LABEL]: owner, [INSTANCE_LABEL]: instance };
}
