"use client";

import dynamic from "next/dynamic";

/** Rendered on the server as well. Apart, because what a page of the server imports is loaded with it, shown or not. */
export const EmbedEditor = dynamic(() => import("./embed-editor").then((module) => module.EmbedEditor));
