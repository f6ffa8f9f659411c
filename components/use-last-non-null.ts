"use client";

import { useState } from "react";

/** The last value that was there: what a dialog goes on showing while it closes. */
export function useLastNonNull<Value>(value: Value | null): Value | null {
  const [last, setLast] = useState(value);
  if (value !== null && value !== last) setLast(value);
  return value ?? last;
}
