"use client";

import { useTheme } from "next-themes";
import { useEffect, useRef } from "react";
import type uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

/** A line or a set of bars. `color` is a token of app/tokens.css. */
export interface Series {
  values: readonly (number | null)[];
  color: string;
  bars?: boolean;
}

interface ChartProps {
  /** Seconds since 1970, one for each value. */
  times: readonly number[];
  series: readonly Series[];
  format: (value: number) => string;
  /** Seconds from one value to the next. */
  stepS?: number;
  /** The index under the pointer, `null` when it leaves. */
  onPoint: (index: number | null) => void;
}

const HEIGHT = 120;
const DAY_S = 86_400;

/** A small chart, hidden from screen readers: callers add the same data as text or a table. */
export function Chart({ times, series, format, stepS = DAY_S, onPoint }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const { resolvedTheme } = useTheme();

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme's colours are read from the page
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    let chart: uPlot | null = null;
    let disposed = false;
    const resized = new ResizeObserver(() => {
      chart?.setSize({ width: element.clientWidth, height: HEIGHT });
    });
    void import("uplot").then(({ default: Plot }) => {
      if (disposed) return;
      const data = [times, ...series.map(({ values }) => values)] as unknown as uPlot.AlignedData;
      chart = new Plot(optionsFor(Plot, element, { times, series, format, stepS, onPoint }), data, element);
      resized.observe(element);
    });
    return () => {
      disposed = true;
      resized.disconnect();
      chart?.destroy();
    };
  }, [times, series, format, stepS, onPoint, resolvedTheme]);

  return <div ref={box} aria-hidden="true" className="h-30 overflow-hidden" />;
}

function optionsFor(
  Plot: typeof uPlot,
  element: HTMLElement,
  { series, format, stepS, onPoint }: Required<ChartProps>,
): uPlot.Options {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const axis: uPlot.Axis = {
    stroke: token("faint"),
    font: `11px ${style.fontFamily}`,
    ticks: { show: false },
  };
  return {
    width: element.clientWidth,
    height: HEIGHT,
    padding: [8, 20, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
    // Days are in UTC, like the quota's; hours are in the viewer's time zone.
    ...(stepS >= DAY_S && { tzDate: (seconds) => Plot.tzDate(new Date(seconds * 1000), "Etc/UTC") }),
    scales: {
      // Half a step of padding at both ends, so that the first and last bar have full width.
      x: { range: (_chart, first, last) => [first - stepS / 2, last + stepS / 2] },
      y: { range: (_chart, _least, most) => [0, Math.max(most * 1.1, 1)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 28,
        gap: 8,
        space: 60,
        values: (_chart, splits) => splits.map(stepS >= DAY_S ? dayLabel : hourLabel),
      },
      {
        ...axis,
        grid: { stroke: token("line"), width: 1 },
        size: 56,
        space: 32,
        values: (_chart, splits) => splits.map(format),
      },
    ],
    series: [{}, ...series.map((one) => seriesFor(Plot, one, token))],
    hooks: { setCursor: [(chart) => onPoint(chart.cursor.idx ?? null)] },
  };
}

function seriesFor(Plot: typeof uPlot, one: Series, token: (name: string) => string): uPlot.Series {
  const stroke = token(one.color);
  if (!one.bars) {
    return { stroke, width: 1.5, spanGaps: true, points: { show: true, size: 4, fill: stroke } };
  }
  const bars = Plot.paths.bars?.({ size: [0.7, 24], radius: 0.2 });
  return { stroke, fill: stroke, width: 0, points: { show: false }, ...(bars && { paths: bars }) };
}

function dayLabel(seconds: number): string {
  return new Date(seconds * 1000).toLocaleDateString("en-GB", {
    timeZone: "UTC",
    day: "numeric",
    month: "short",
  });
}

function hourLabel(seconds: number): string {
  return new Date(seconds * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}
