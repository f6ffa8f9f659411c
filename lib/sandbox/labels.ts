/** Labels of every container of ours: who made it, and for what. Nothing without them is ever touched. */
export const PRODUCT_LABEL = "quicksand.product";
/** The data directory whose server made it: servers with other data directories leave it alone. */
export const OWNER_LABEL = "quicksand.owner";
/** The process that made it. */
export const INSTANCE_LABEL = "quicksand.instance";

export interface Ownership {
  owner: string;
  instance: string;
}

export function labelsOf({ owner, instance }: Ownership): Record<string, string> {
  return { [PRODUCT_LABEL]: "quicksand", [OWNER_LABEL]: owner, [INSTANCE_LABEL]: instance };
}
