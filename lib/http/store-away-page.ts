const RETRY_S = 5;

/** The colours of app/globals.css, without its files: this page depends on nothing else. */
const STYLE = `
  :root { color-scheme: light dark; --canvas: #f6f4f1; --ink: #1d1a16; --muted: #5c564d; --line: #d5d0c8 }
  @media (prefers-color-scheme: dark) { :root { --canvas: #0e0d0c; --ink: #ece8e2; --muted: #aba59b; --line: #3a3631 } }
  body { margin: 0; min-height: 100vh; display: grid; place-content: center; justify-items: center; gap: 1rem; padding: 1.5rem;
    box-sizing: border-box; text-align: center; background: var(--canvas); color: var(--ink); font: 15px/1.5 system-ui, sans-serif }
  h1, p { margin: 0; max-width: 32rem }
  h1 { font-size: 1.25rem; font-weight: 600 }
  p { color: var(--muted) }
  a { color: inherit; border: 1px solid var(--line); border-radius: 6px; padding: 0.4rem 0.9rem; text-decoration: none }
  a:focus-visible { outline: 2px solid currentColor; outline-offset: 2px }
`;

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${RETRY_S}">
<meta name="robots" content="noindex">
<title>Not available now · Quicksand</title>
<style>${STYLE}</style>
</head>
<body>
<h1>The database does not answer</h1>
<p role="status">What this page shows is kept there, and is not lost. The page tries again by itself every ${RETRY_S} seconds.</p>
<a href="">Try again now</a>
</body>
</html>
`;

/**
 * What is sent instead of a page that is made from the database, while that does not answer. Next.js cannot give a page the status 503.
 * It loads nothing and runs no script: the browser's own refresh retries.
 */
export function storeAwayPage({ framedByAnyone }: { framedByAnyone: boolean }): Response {
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${framedByAnyone ? "*" : "'none'"}`,
  ];
  return new Response(PAGE, {
    status: 503,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": policy.join("; "),
      "Cache-Control": "no-store",
      // A run's address is the key to it.
      "Referrer-Policy": "no-referrer",
      "Retry-After": String(RETRY_S),
    },
  });
}
