/**
 * Entry of the process that reads one heap snapshot: prints its classes as JSON.
 * @module
 */
import { readFileSync } from 'node:fs';
import { type HeapSnapshot, heapClasses } from './heap-classes.ts';

const [path = ''] = process.argv.slice(2);
process.stdout.write(JSON.stringify(heapClasses(JSON.parse(readFileSync(path, 'utf8')) as HeapSnapshot)));
