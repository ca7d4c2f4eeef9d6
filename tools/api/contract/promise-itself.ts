// A promise that cannot be broken is none: each of these must not compile.
import type { Has, Holds, Same, Serves } from "./promise.ts";

export type Broken = [
  // @ts-expect-error a member is gone
  Holds<Has<{ readonly a: string }, { readonly a: string; readonly b?: string }>>,
  // @ts-expect-error a member is of another type
  Holds<Has<{ readonly a: string | number }, { readonly a: string }>>,
  // @ts-expect-error a member may be missing now
  Holds<Has<{ readonly a?: string }, { readonly a: string }>>,
  // @ts-expect-error a member must be given now
  Holds<Has<{ readonly a: string }, { readonly a?: string }>>,
  // @ts-expect-error everything became `any`
  Holds<Has<{ readonly a: any }, { readonly a: string }>>,
  // @ts-expect-error a word more
  Holds<Same<"a" | "b", "a">>,
  // @ts-expect-error another argument is needed
  Holds<Serves<(a: string, b: string) => void, (a: string) => void>>,
];

export type Kept = [
  Holds<Has<{ readonly a?: string | undefined; readonly more: 1 }, { readonly a?: string }>>,
  Holds<Serves<(a?: string, b?: string) => void, (a: string) => void>>,
];
