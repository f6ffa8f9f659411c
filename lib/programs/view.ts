import type { Program, ProgramPage, ProgramSummary } from "../schemas/program";
import {
  type ProgramPage as Page,
  programBytes,
  type ProgramSummary as Row,
  type StoredProgram,
} from "../store/programs";

/** Programs as the API answers them, to their owners only. */
export function programView({ content, ...program }: StoredProgram): Program {
  const { id, title, titleSource, revision, createdAt, updatedAt } = program;
  return {
    ...{ id, title, titleSource, revision },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    ...content,
  };
}

export function summaryView(program: StoredProgram): ProgramSummary {
  const { owner: _, plan: __, content, ...row } = program;
  const { language, files, tests } = content;
  return rowView({
    ...row,
    language,
    files: files.length,
    tests: tests.length,
    bytes: programBytes(program),
  });
}

export function pageView({ programs, nextCursor }: Page): ProgramPage {
  return { programs: programs.map(rowView), nextCursor };
}

function rowView({ createdAt, updatedAt, expiresAt, ...row }: Row): ProgramSummary {
  return {
    ...row,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}
