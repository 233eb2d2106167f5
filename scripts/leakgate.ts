#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { ignoreBrokenPipe } from './broken-pipe.ts';
import { main } from './cli.ts';

process.on('uncaughtException', error => {
  process.stderr.write(`leakgate: ${error.stack ?? String(error)}\n`);
  process.exit(2);
});
ignoreBrokenPipe(process.stdout, reason => {
  process.stderr.write(`leakgate: Cannot write to standard output as it must take it: ${reason}\n`);
  process.exit(2);
});
ignoreBrokenPipe(process.stderr, () => process.exit(2));
// New space stays as small as it began: grown to what writing a report allocates, it would hold 12 MB more. Not where
// the engine answers queries in this process.
if (process.argv[2] !== 'serve') setFlagsFromString('--semi-space-growth-factor=1');
process.exitCode = await main(process.argv.slice(2), process);
