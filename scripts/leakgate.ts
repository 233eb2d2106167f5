#!/usr/bin/env node
import { main } from './cli.ts';

process.on('uncaughtException', error => {
  process.stderr.write(`leakgate: ${error.stack ?? String(error)}\n`);
  process.exit(2);
});
process.exitCode = await main(process.argv.slice(2), process);
