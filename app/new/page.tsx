import type { Metadata } from "next";
import { WorkspaceLoader } from "@/components/workspace-loader";

export const metadata: Metadata = { title: "New program", robots: { index: false } };

/** The IDE with a copy of what `?from=` names: the id of a run that the viewer may see. The copy is made in the browser. */
export default function NewProgramPage() {
  return <WorkspaceLoader />;
}
