"use client";

import { useState } from "react";

/** The last value that was not null, which a dialog goes on showing during its closing animation. */
export function useLastNonNull<Value>(value: Value | null): Value | null {
  const [last, setLast] = useState(value);
  if (value !== null && value !== last) setLast(value);
  return value ?? last;
}
