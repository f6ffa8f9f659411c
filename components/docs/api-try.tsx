"use client";

import { Copy, Send } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { type ApiRequest, buildRequest, curlCommand } from "@/lib/client/api-request";
import { copyText } from "../share/copy-text";
import { Button } from "../ui/button";
import { TextField } from "../ui/text-field";

interface ApiTryProps {
  method: string;
  path: string;
  parameters: readonly { name: string; in: "path" | "query" | "header" }[];
  examples: readonly { title: string; text: string }[];
}

interface Shown {
  status: string;
  headers: string;
  body: string;
}

/** An answer can be a file of megabytes, which no page needs to show whole. */
const MAX_SHOWN_CHARS = 100_000;

/** A request of this endpoint, to be sent from the page. Its form is made when it is asked for: the page has one for each endpoint. */
export function ApiTry(props: ApiTryProps) {
  const [open, setOpen] = useState(false);
  if (open) return <TryForm {...props} />;
  return (
    <Button aria-label={`Try it: ${props.method} ${props.path}`} onClick={() => setOpen(true)}>
      <Send aria-hidden="true" />
      Try it
    </Button>
  );
}

/** Sends the request with the viewer's session, or with an API key. */
function TryForm({ method, path, parameters, examples }: ApiTryProps) {
  const bodyId = useId();
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [body, setBody] = useState(examples[0]?.text ?? "");
  const [key, setKey] = useState("");
  const [shown, setShown] = useState<Shown | null>(null);
  const sending = useRef<AbortController | null>(null);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // The button that had the focus has gone.
    form.current?.focus();
    return () => sending.current?.abort();
  }, []);

  const request: ApiRequest = {
    ...{ method, path, body, key },
    values: parameters.map((each) => ({ ...each, value: values[each.name] ?? "" })),
  };

  async function submit() {
    const { url, headers, missing } = buildRequest(request);
    if (missing !== null) {
      setShown({ status: `Give \`${missing}\` a value first.`, headers: "", body: "" });
      return;
    }
    sending.current?.abort();
    const own = new AbortController();
    sending.current = own;
    const begun = performance.now();
    setShown({ status: "Sending…", headers: "", body: "" });
    try {
      const answer = await fetch(url, {
        ...{ method, headers, cache: "no-store", signal: own.signal },
        ...(body === "" ? {} : { body }),
        // A key is somebody of its own: no cookie goes along with it.
        credentials: key === "" ? "same-origin" : "omit",
      });
      const status = `${answer.status} ${answer.statusText} in ${Math.round(performance.now() - begun)} ms`;
      const head = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
      await readInto(answer, (text) => setShown({ status, headers: head, body: text }));
    } catch (error) {
      if (own.signal.aborted) return;
      setShown({ status: error instanceof Error ? error.message : String(error), headers: "", body: "" });
    }
  }

  return (
    <form
      ref={form}
      tabIndex={-1}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      aria-label={`Try ${method} ${path}`}
      className="space-y-3 rounded-lg border border-line bg-surface p-4"
    >
      <h3 className="font-medium text-base">Try it</h3>
      {method === "GET" ? null : (
        <p className="text-base text-muted">This is really carried out, on what is yours here.</p>
      )}
      <div className="grid gap-x-4 sm:grid-cols-2">
        {parameters.map(({ name }) => (
          <TextField
            key={name}
            label={name}
            error={null}
            value={values[name] ?? ""}
            onChange={(event) => setValues({ ...values, [name]: event.target.value })}
            autoComplete="off"
            spellCheck={false}
          />
        ))}
        <TextField
          type="password"
          label="API key"
          hint="Left empty, it is sent as you."
          error={null}
          value={key}
          onChange={(event) => setKey(event.target.value)}
          autoComplete="off"
        />
      </div>
      {examples.length > 0 ? (
        <div>
          <div className="mb-1 flex flex-wrap items-center gap-2">
            <label htmlFor={bodyId} className="font-medium text-base">
              Body
            </label>
            {examples.length > 1
              ? examples.map(({ title, text }) => (
                  <Button key={title} size="sm" variant="ghost" onClick={() => setBody(text)}>
                    {title}
                  </Button>
                ))
              : null}
          </div>
          <textarea
            id={bodyId}
            value={body}
            onChange={(event) => setBody(event.target.value)}
            rows={Math.min(14, body.split("\n").length + 1)}
            spellCheck={false}
            className="w-full rounded-md border border-line-strong bg-raised p-2.5 font-mono text-base focus:border-focus focus:outline-none focus:ring-1 focus:ring-focus"
          />
        </div>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary">
          <Send aria-hidden="true" />
          Send
        </Button>
        <Button onClick={() => void copyText(curlCommand(request, window.location.origin), "Command copied")}>
          <Copy aria-hidden="true" />
          Copy as curl
        </Button>
      </div>
      <div aria-live="polite">{shown ? <AnswerView shown={shown} /> : null}</div>
    </form>
  );
}

function AnswerView({ shown: { status, headers, body } }: { shown: Shown }) {
  return (
    <div className="space-y-2">
      <p className="font-medium text-base tabular-nums">{status}</p>
      {headers === "" ? null : (
        <details>
          <summary className="touch-target cursor-pointer text-base text-muted">Headers</summary>
          <pre className="wrap-anywhere mt-1 whitespace-pre-wrap font-mono text-sm">{headers}</pre>
        </details>
      )}
      {body === "" ? null : (
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
          tabIndex={0}
          aria-label="The answer's body"
          className="max-h-96 overflow-auto rounded-md border border-line bg-sunken p-3"
        >
          <pre className="font-mono text-base">{body}</pre>
        </section>
      )}
    </div>
  );
}

/** Shows an answer as it comes: server-sent events one by one, JSON indented once it is whole. */
async function readInto(answer: Response, show: (text: string) => void): Promise<void> {
  show("");
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) break;
    text += value;
    show(text.slice(0, MAX_SHOWN_CHARS));
    if (text.length > MAX_SHOWN_CHARS) return reader?.cancel();
  }
  if (answer.headers.get("content-type")?.startsWith("application/json")) show(indented(text));
}

function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
