"use client";

import dynamic from "next/dynamic";
import { EditorSkeleton } from "./editor/editor-skeleton";
import { Header } from "./header";
import { StatusBarSkeleton } from "./status-bar";
import { Skeleton } from "./ui/skeleton";

/** The page depends on the browser (drafts, settings, window size), so it is rendered only there. */
const Workspace = dynamic(() => import("./workspace").then((module) => module.Workspace), {
  ssr: false,
  loading: WorkspaceSkeleton,
});

export function WorkspaceLoader() {
  return <Workspace />;
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
