/** The colours of app/tokens.css, without its files: this page depends on nothing else. */
const STYLE = `
  :root { color-scheme: light dark; --canvas: #f6f4f1; --ink: #1d1a16; --muted: #5c564d; --line: #d5d0c8 }
  @media (prefers-color-scheme: dark) { :root { --canvas: #0e0d0c; --ink: #ece8e2; --muted: #aba59b; --line: #3a3631 } }
  body { margin: 0; background: var(--canvas); color: var(--ink) }
  main { min-height: 100vh; display: grid; place-content: center; justify-items: center; gap: 1rem; padding: 1.5rem;
    box-sizing: border-box; text-align: center; font: 15px/1.5 system-ui, sans-serif }
  h1, p { margin: 0; max-width: 32rem; overflow-wrap: anywhere }
  h1 { font-size: 1.25rem; font-weight: 600 }
  p { color: var(--muted) }
  a { color: inherit; border: 1px solid var(--line); border-radius: 6px; padding: 0.4rem 0.9rem; text-decoration: none }
  a:focus-visible { outline: 2px solid currentColor; outline-offset: 2px }
`;

interface StandalonePage {
  status: number;
  /** Of the window; `heading` is what the page says. */
  title: string;
  heading: string;
  text: string;
  link: { href: string; label: string };
  /** The browser asks again by itself after so many seconds. */
  retryS?: number;
  /** Further ones, such as what is left of a minute. */
  headers?: Readonly<Record<string, string>>;
  framedByAnyone: boolean;
}

/** For a document that is only text and style. */
export function standalonePolicy(framedByAnyone: boolean): string {
  return [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${framedByAnyone ? "*" : "'none'"}`,
  ].join("; ");
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** A page for a status that Next.js cannot give one. It loads nothing and runs no script. */
export function standalonePage(page: StandalonePage): Response {
  const { status, title, heading, text, link, retryS, headers = {}, framedByAnyone } = page;
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${retryS === undefined ? "" : `<meta http-equiv="refresh" content="${retryS}">`}
<meta name="robots" content="noindex">
<title>${escaped(title)} · Quicksand</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(heading)}</h1>
<p role="status">${escaped(text)}</p>
<a href="${link.href}">${link.label}</a>
</main>
</body>
</html>
`;
  return new Response(html, {
    status,
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": standalonePolicy(framedByAnyone),
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "no-store",
      // A run's address is the key to it.
      "Referrer-Policy": "no-referrer",
      ...(retryS === undefined ? {} : { "Retry-After": String(retryS) }),
      ...headers,
    },
  });
}
