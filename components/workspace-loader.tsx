"use client";

import { preloadLanguages } from "@/lib/client/use-languages";
import { EditorSkeleton } from "./editor/editor-skeleton";
import { Header } from "./header";
import { StatusBarSkeleton } from "./status-bar";
import { Skeleton } from "./ui/skeleton";
import { usePart } from "./use-part";

/** In browsers only: the bundler then leaves it, and all of the editor, out of what it builds for the server. */
async function loadWorkspace() {
  if (typeof window !== "undefined") return import("./workspace");
  throw new Error("The workspace is made in browsers only.");
}

if (typeof window !== "undefined") {
  // Before this is drawn, as nothing of the page can be without them. What fails is asked for again, and told, where it is needed.
  preloadLanguages();
  loadWorkspace().catch(() => {});
}

/** The page depends on the browser (drafts, settings, window size), so it is rendered only there. */
export function WorkspaceLoader() {
  const Workspace = usePart(loadWorkspace)?.Workspace;
  return Workspace ? <Workspace /> : <WorkspaceSkeleton />;
}

/** The page's skeleton, laid out like the page. */
function WorkspaceSkeleton() {
  return (
    <div className="flex h-dvh flex-col" aria-busy="true">
      <Header>
        <Skeleton className="h-8 max-sm:flex-1 sm:w-56 touch:h-11" />
        <Skeleton className="ml-auto h-8 w-32 touch:h-11" />
        <Skeleton className="size-8 max-sm:hidden" />
      </Header>
      <main className="flex min-h-0 flex-1">
        <div className="flex min-w-0 flex-[56] flex-col">
          <div className="h-10 border-line border-b bg-surface" />
          <EditorSkeleton />
        </div>
        <div className="flex-[44] border-line border-l max-md:hidden" />
      </main>
      <StatusBarSkeleton />
      <noscript>
        <p className="p-4">Quicksand needs JavaScript: the editor and the live output are made with it.</p>
      </noscript>
    </div>
  );
}
