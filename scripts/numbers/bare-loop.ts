/**
 * The work of the scenario `busy` with nothing around it: `node bare-loop.js ITERATIONS MICROSECONDS`.
 * @module
 */
import { busyFor } from './busy-loop.ts';

const [iterations, microseconds] = process.argv.slice(2).map(Number);
for (let iteration = 0; iteration < (iterations ?? 0); iteration++) busyFor(microseconds ?? 0);
