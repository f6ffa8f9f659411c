import { formatDuration } from "@/lib/client/format";
import type { RunDetail } from "@/lib/schemas/history";
import type { LanguageInfo } from "@/lib/schemas/language";
import { countTests } from "@/lib/schemas/test-counts";
import { runWords, type Tone } from "../run/status-words";
import { toDrawableText } from "./drawable-text";
import { runHeading } from "./run-heading";

interface RunCardProps {
  run: RunDetail;
  language: LanguageInfo | null;
}

/** The dark theme's tokens; the image renderer has no CSS variables. */
const TONES: Readonly<Record<Tone, string>> = {
  neutral: "#aba59b",
  good: "#5cc48c",
  bad: "#ff8f85",
  warn: "#efb85c",
};

const LINES = 9;
const COLUMNS = 72;

/** The Open Graph image of a run: title, status and the beginning of the code. */
export function RunCard({ run, language }: RunCardProps) {
  const status = runWords({ ...run, tests: countTests(run.tests) });
  const name = language?.name ?? run.language;
  const code = run.request.code.split("\n").slice(0, LINES);
  return (
    <div
      style={{
        display: "flex",
        flexDirection: "column",
        width: "100%",
        height: "100%",
        padding: 56,
        background: "#0e0d0c",
        color: "#ece8e2",
      }}
    >
      <div style={{ display: "flex", alignItems: "center", justifyContent: "space-between" }}>
        <div style={{ display: "flex", alignItems: "center", fontSize: 30, color: "#aba59b" }}>
          {/* biome-ignore lint/a11y/noSvgWithoutTitle: part of a picture, which has a text of its own */}
          <svg width="40" height="40" viewBox="0 0 24 24" style={{ marginRight: 16 }}>
            <rect width="24" height="24" rx="6" fill="#eeb353" />
            <path
              d="M7 5.5h10M7 18.5h10M8 5.5c0 4 4 4.2 4 6.5s-4 2.5-4 6.5M16 5.5c0 4-4 4.2-4 6.5s4 2.5 4 6.5"
              fill="none"
              stroke="#241702"
              strokeWidth="1.6"
            />
          </svg>
          Quicksand
        </div>
        <div style={{ display: "flex", fontSize: 30, color: "#aba59b" }}>{toDrawableText(name)}</div>
      </div>
      <div
        style={{
          display: "flex",
          flexShrink: 0,
          marginTop: 36,
          fontSize: 56,
          lineHeight: 1.15,
          maxHeight: 130,
          overflow: "hidden",
        }}
      >
        {toDrawableText(runHeading({ run, language })).slice(0, 70) || `${name} program`}
      </div>
      <div
        style={{
          display: "flex",
          flexDirection: "column",
          flexGrow: 1,
          marginTop: 32,
          padding: "24px 28px",
          overflow: "hidden",
          borderRadius: 14,
          border: "1px solid #3a3631",
          background: "#151413",
          fontSize: 24,
          lineHeight: 1.4,
        }}
      >
        {code.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list
          <div key={index} style={{ display: "flex", height: 34, whiteSpace: "pre" }}>
            {toDrawableText(line.slice(0, COLUMNS))}
          </div>
        ))}
      </div>
      <div style={{ display: "flex", alignItems: "center", marginTop: 28, fontSize: 28 }}>
        <div
          style={{ width: 14, height: 14, borderRadius: 7, marginRight: 14, background: TONES[status.tone] }}
        />
        <span style={{ color: TONES[status.tone] }}>{status.label}</span>
        {run.status === "running" ? null : (
          <span style={{ marginLeft: 24, color: "#aba59b" }}>{formatDuration(run.durationMs)}</span>
        )}
      </div>
    </div>
  );
}
