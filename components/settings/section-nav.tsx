"use client";

import { useEffect, useState } from "react";
import { cn } from "../ui/cn";

interface SectionNavProps {
  sections: readonly { id: string; title: string }[];
}

/** Links to the sections; the one in view is marked. */
export function SectionNav({ sections }: SectionNavProps) {
  const current = useSectionInView(sections);
  return (
    <nav aria-label="Sections" className="max-lg:hidden">
      <ul className="sticky top-6 space-y-0.5">
        {sections.map(({ id, title }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              aria-current={id === current ? "true" : undefined}
              className={cn(
                "flex h-8 items-center rounded-md px-2.5 text-base text-muted transition-colors duration-100 hover:bg-hover hover:text-ink",
                "aria-[current=true]:bg-hover aria-[current=true]:font-medium aria-[current=true]:text-ink",
              )}
            >
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The topmost section that reaches into the upper part of the window. */
function useSectionInView(sections: SectionNavProps["sections"]): string | undefined {
  const [seen, setSeen] = useState<readonly string[]>([]);
  useEffect(() => {
    const inView = new Set<string>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) inView.add(target.id);
          else inView.delete(target.id);
        }
        setSeen([...inView]);
      },
      { rootMargin: "-64px 0px -60% 0px" },
    );
    for (const { id } of sections) {
      const section = document.getElementById(id);
      if (section) observer.observe(section);
    }
    return () => observer.disconnect();
  }, [sections]);
  return (sections.find(({ id }) => seen.includes(id)) ?? sections[0])?.id;
}
