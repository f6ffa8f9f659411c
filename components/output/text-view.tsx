"use client";

import { type CSSProperties, memo, useEffect, useRef, useState } from "react";
import { OutputLines } from "./output-lines";
import type { Block } from "./text-buffer";

/** As in the editor. */
const LINE_HEIGHT = 1.5;
/** How far outside the viewport blocks are rendered with colours. */
const NEAR = "600px 0px";
/** Blocks with fewer pieces of style are rendered with them wherever they are. */
const FEW_SEGMENTS = 64;

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

interface TextViewProps {
  blocks: readonly Block[];
  /** In pixels. */
  fontSize: number;
}

/**
 * A program's output. All of it stays in the document as text, for find-in-page and "select all"; layout is skipped for
 * blocks out of view, and colours, which can take an element per character, are rendered only near the viewport.
 */
export function TextView({ blocks, fontSize }: TextViewProps) {
  const lineHeight = Math.round(fontSize * LINE_HEIGHT);
  return (
    <div dir="ltr" className="font-mono" style={{ fontSize, lineHeight: `${lineHeight}px` }}>
      {blocks.map((block) => (
        <BlockView key={block.id} block={block} lineHeight={lineHeight} />
      ))}
    </div>
  );
}

const BlockView = memo(function BlockView({ block, lineHeight }: { block: Block; lineHeight: number }) {
  const element = useRef<HTMLDivElement>(null);
  const { segments } = block;
  const styled = segments.some((segment) => segment.style !== null);
  const few = segments.length < FEW_SEGMENTS;
  const [near, setNear] = useState(false);

  useEffect(() => {
    if (!styled || few || !element.current) return;
    return watch(element.current, setNear);
  }, [styled, few]);

  const style: CSSProperties = { containIntrinsicBlockSize: `auto ${block.lines * lineHeight}px` };
  return (
    <div ref={element} className="output-block" style={style}>
      {styled && (few || near) ? <OutputLines segments={segments} /> : block.text}
    </div>
  );
});
