"use client";

import { useCallback, useState } from "react";
import { ApiError, call } from "@/lib/client/api";
import { toast } from "@/lib/client/toast";
import type { Visibility } from "@/lib/schemas/history";

/** A run's visibility. Changes are optimistic and rolled back when the server refuses. */
export function useVisibility(id: string, initial: Visibility, onChanged?: () => void) {
  const [value, setValue] = useState(initial);
  const change = useCallback(
    async (next: Visibility): Promise<boolean> => {
      if (next === value) return true;
      setValue(next);
      try {
        await call("updateRun", { params: { id }, body: { visibility: next } });
        onChanged?.();
        return true;
      } catch (error) {
        setValue(value);
        toast("Who can see this run could not be changed", {
          description: error instanceof ApiError ? error.message : "Try again.",
        });
        return false;
      }
    },
    [id, value, onChanged],
  );
  return { value, change };
}
