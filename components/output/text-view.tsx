"use client";

import { type CSSProperties, memo, useEffect, useRef, useState } from "react";
import { Segments } from "./segments";
import type { Block } from "./text-buffer";

const LINE_HEIGHT_PX = 20;
/** How far outside the viewport blocks are rendered with colours. */
const NEAR = "600px 0px";

/** One IntersectionObserver for all blocks. */
const watched = new WeakMap<Element, (near: boolean) => void>();
let observer: IntersectionObserver | null = null;

function watch(element: Element, onChange: (near: boolean) => void): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const entry of entries) watched.get(entry.target)?.(entry.isIntersecting);
    },
    { rootMargin: NEAR },
  );
  watched.set(element, onChange);
  observer.observe(element);
  return () => {
    observer?.unobserve(element);
    watched.delete(element);
  };
}

/**
 * A program's output. All of it stays in the document as text, for find-in-page and "select all"; layout is skipped for
 * blocks out of view, and colours, which can take an element per character, are rendered only near the viewport.
 */
export function TextView({ blocks }: { blocks: readonly Block[] }) {
  return (
    <div dir="ltr" className="font-mono text-base">
      {blocks.map((block) => (
        <BlockView key={block.id} block={block} />
      ))}
    </div>
  );
}

const BlockView = memo(function BlockView({ block }: { block: Block }) {
  const element = useRef<HTMLDivElement>(null);
  const styled = block.segments.some((segment) => segment.style !== null);
  const [near, setNear] = useState(false);

  useEffect(() => {
    if (!styled || !element.current) return;
    return watch(element.current, setNear);
  }, [styled]);

  const style: CSSProperties = { containIntrinsicBlockSize: `auto ${block.lines * LINE_HEIGHT_PX}px` };
  return (
    <div ref={element} className="output-block" style={style}>
      {styled && near ? <Segments segments={block.segments} /> : block.text}
    </div>
  );
});
