import { WorkspaceLoader } from "@/components/workspace-loader";

/** The IDE. It is rendered in the browser; the server sends its skeleton. */
export default function HomePage() {
  return <WorkspaceLoader />;
}
