import type * as z from "zod";
import type { EndpointName, endpoints } from "../../endpoints";

type Endpoints = typeof endpoints;
type ParamName<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamName<Rest>
  : never;

/** A request as the document shows it, and what it was answered. */
export interface ExampleRequest {
  title: string;
  params?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string>>;
  body?: unknown;
  answer?: unknown;
}

/** The same of one endpoint, typed by its declaration. */
type ExampleOf<Name extends EndpointName> = {
  title: string;
  answer?: z.input<Endpoints[Name]["response"]>;
} & (ParamName<Endpoints[Name]["path"]> extends never
  ? unknown
  : { params: Readonly<Record<ParamName<Endpoints[Name]["path"]>, string>> }) &
  (Endpoints[Name] extends { query: infer Query extends z.ZodType }
    ? { query?: Readonly<Partial<Record<keyof z.input<Query>, string>>> }
    : unknown) &
  (Endpoints[Name] extends { body: infer Body extends z.ZodType } ? { body: z.input<Body> } : unknown);

/** Examples of some endpoints, at least one of each. */
export type Examples<Names extends EndpointName> = {
  readonly [Name in Names]: readonly [ExampleOf<Name>, ...ExampleOf<Name>[]];
};

/** A key for an example in the document. */
export function exampleName({ title }: Pick<ExampleRequest, "title">): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** Ids of what the examples are about: a server that is tried with them has others. */
export const EXAMPLE_IDS = {
  run: "gObjtt1_7QKpQ40jXEX6-m",
  program: "vQm3pT0b8m2Xk1hS0aYcZw",
  session: "W8cRk3n4sQ",
  key: "V1StGXR8_Z5jdHi6B-myT",
  user: "user_Uakgb_J5m9g-0JDMbcJqLJ",
  webhook: "pX4f0sQmJtWc8RzLk2Yv1",
  report: "NJh2sS7cQ4bT9xk0aLzP3w",
} as const;
