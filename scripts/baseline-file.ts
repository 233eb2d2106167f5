/** Where `baseline` keeps how scenarios grow, unless told otherwise. */
export const BASELINE_FILE = 'leakgate.baseline.json';
