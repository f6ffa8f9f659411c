import { Skeleton } from "../ui/skeleton";

const LINES = ["w-24", "w-0", "w-52", "w-64", "w-36", "w-0", "w-44", "w-56", "w-20"];

/** Placeholder lines of code, the same for every language, so that nothing jumps. */
export function EditorSkeleton() {
  return (
    <div className="h-full w-full overflow-hidden bg-surface pt-3 pl-14">
      <p className="sr-only">The editor is loading.</p>
      {LINES.map((width, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list
        <div key={index} className="flex h-5 items-center">
          <Skeleton className={`h-2.5 ${width} ${index > 2 && index < 5 ? "ml-8" : ""}`} />
        </div>
      ))}
    </div>
  );
}
