"use client";

import { useMemo } from "react";
import { ApiError, call } from "@/lib/client/api";
import { refreshProgram } from "@/lib/client/programs/this-desk";
import type { ProgramList } from "@/lib/client/programs/use-program-list";
import { toast } from "@/lib/client/toast";
import type { ProgramSummary } from "@/lib/schemas/program";
import { deleteProgramWithUndo } from "./program-deletes";

export interface ProgramActions {
  /** An empty title lets it be called by its code again. */
  rename: (program: ProgramSummary, title: string) => void;
  duplicate: (program: ProgramSummary) => void;
  remove: (program: ProgramSummary) => void;
}

/** The actions of every row. Renaming shows at once and is rolled back when the server refuses. */
export function useProgramActions({ patch, refresh }: ProgramList): ProgramActions {
  return useMemo(
    () => ({
      async rename(program, title) {
        if (title !== "") patch(program.id, { title });
        try {
          patch(program.id, await call("updateProgram", { params: { id: program.id }, body: { title } }));
          refreshProgram(program.id);
        } catch (error) {
          patch(program.id, program);
          failed("The program could not be renamed", error);
        }
      },
      async duplicate(program) {
        try {
          const { title } = await call("duplicateProgram", { params: { id: program.id } });
          toast(`“${title}” is there`);
          refresh();
        } catch (error) {
          failed("The program could not be duplicated", error);
        }
      },
      remove: deleteProgramWithUndo,
    }),
    [patch, refresh],
  );
}

function failed(title: string, error: unknown): void {
  toast(title, { description: error instanceof ApiError ? error.message : "Try again." });
}
