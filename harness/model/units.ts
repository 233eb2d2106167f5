/** A number of bytes. */
export type Bytes = number;

export type Milliseconds = number;

/** A number of iterations of the scenario (for the engine: reloads). */
export type Iterations = number;

/** A share of a whole, 0 to 1. */
export type Fraction = number;

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Scenario sizes and build settings, as handed to `setup`. */
export type Parameters = { readonly [name: string]: Json };
