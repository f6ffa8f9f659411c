import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { WorkspaceLoader } from "@/components/workspace-loader";
import { ownsProgram } from "@/lib/server";

export const metadata: Metadata = { robots: { index: false } };

interface ProgramPageProps {
  params: Promise<{ programId: string }>;
}

/** The IDE with one program of the viewer's own. Others' are not found, as what does not exist. */
export default async function ProgramPage({ params }: ProgramPageProps) {
  if (!(await ownsProgram(await headers(), (await params).programId))) notFound();
  return <WorkspaceLoader />;
}
