/** The logo, an hourglass. Decorative: the name stands beside it where it is needed. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={className}>
      <rect width="24" height="24" rx="6" className="fill-accent" />
      <path
        d="M7 5.5h10M7 18.5h10M8 5.5c0 4 4 4.2 4 6.5s-4 2.5-4 6.5M16 5.5c0 4-4 4.2-4 6.5s4 2.5 4 6.5"
        fill="none"
        strokeWidth="1.6"
        strokeLinecap="round"
        className="stroke-on-accent"
      />
      <path d="M9 18.4c.3-1.9 1.5-2.9 3-2.9s2.7 1 3 2.9z" className="fill-on-accent" />
    </svg>
  );
}
