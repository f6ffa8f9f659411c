import { WorkspaceLoader } from "@/components/workspace-loader";

/** The IDE. Everything on it happens in the browser, so the server sends only its outline. */
export default function HomePage() {
  return <WorkspaceLoader />;
}
