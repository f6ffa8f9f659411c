import assert from "node:assert/strict";
import { test } from "node:test";
import { historyUrl, isFiltered, NO_FILTERS, readFilters, toQuery } from "./history-query";

const ALL = {
  q: "sum & total",
  language: "cpp",
  status: "timeout",
  pinned: true,
  span: "week",
  program: "vQm3pT0b8m2Xk1hS0aYcZw",
} as const;

test("filters survive the way through the address", () => {
  const { searchParams } = new URL(historyUrl(ALL), "http://localhost");
  assert.deepEqual(readFilters(searchParams), ALL);
});

test("an address with words nobody knows is read without them", () => {
  const search = new URLSearchParams("status=constructor&time=century&pinned=yes&page=3");
  assert.deepEqual(readFilters(search), NO_FILTERS);
});

test("no filters make a bare address", () => {
  assert.equal(historyUrl({ ...NO_FILTERS, q: "  " }), "/history");
  assert.equal(isFiltered(NO_FILTERS), false);
  assert.equal(isFiltered({ ...NO_FILTERS, pinned: true }), true);
});

test("a span becomes a moment that stays the same for an hour", () => {
  const at = (time: string) => toQuery({ ...NO_FILTERS, span: "day" }, new Date(time)).from;
  assert.equal(at("2026-11-23T10:59:59Z"), "2026-11-22T10:00:00.000Z");
  assert.equal(at("2026-11-23T10:00:01Z"), at("2026-11-23T10:59:59Z"));
});

test("only what narrows is asked for", () => {
  assert.deepEqual(toQuery(NO_FILTERS, new Date()), {});
  assert.deepEqual(toQuery({ ...NO_FILTERS, q: " x ", pinned: true }, new Date()), {
    q: "x",
    pinned: "true",
  });
});
