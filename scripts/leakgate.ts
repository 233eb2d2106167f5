#!/usr/bin/env node
import { ignoreBrokenPipe } from './broken-pipe.ts';
import { main } from './cli.ts';

process.on('uncaughtException', error => {
  process.stderr.write(`leakgate: ${error.stack ?? String(error)}\n`);
  process.exit(2);
});
ignoreBrokenPipe(process.stdout);
ignoreBrokenPipe(process.stderr);
process.exitCode = await main(process.argv.slice(2), process);
