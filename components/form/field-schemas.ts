"use client";

import { useEffect, useState } from "react";
import { onDemand } from "@/lib/client/on-demand";

/** The schemas of what people type about their account. */
export type FieldSchemas = typeof import("@/lib/schemas/account");

/** Loaded beside a form's page, not before it; who reads the form waits for them. */
export const loadFieldSchemas = onDemand<FieldSchemas>(() => import("@/lib/schemas/account"));

/** `null` until they are there. What is sent before that, the server checks by the same schemas. */
export function useFieldSchemas(): FieldSchemas | null {
  const [schemas, setSchemas] = useState<FieldSchemas | null>(null);
  useEffect(() => {
    loadFieldSchemas().then(setSchemas, () => {});
  }, []);
  return schemas;
}
