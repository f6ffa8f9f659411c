"use client";

import { useEffect } from "react";
import { useLanguageEditor } from "@/lib/client/use-language-editor";
import { whenIdle } from "@/lib/client/when-idle";
import { type KeptServer, keepServer } from "./keep-server";
import { rootOf } from "./model-paths";

/** By language, for as long as the page is there: a server outlives a look at another page. */
const servers = new Map<string, KeptServer>();

/** Runs the language's server, where it has one and `wanted` is true. */
export function useLanguageServer(languageId: string, wanted: boolean): void {
  const startServer = useLanguageEditor(languageId)?.startServer;
  useEffect(() => {
    if (!startServer) return;
    if (!wanted) {
      servers.get(languageId)?.stop();
      return;
    }
    const start = startServer.bind(null, rootOf(languageId));
    const server = servers.get(languageId) ?? keepServer({ start, whenIdle });
    servers.set(languageId, server);
    server.need(true);
    return () => server.need(false);
  }, [languageId, startServer, wanted]);
}
