/**
 * Entry of the process that reads one heap snapshot: prints its classes as JSON. Behind its path: `newest` of those before it.
 * @module
 */
import { readFileSync } from 'node:fs';
import { type HeapSnapshot, heapClasses } from './heap-classes.ts';

const [path = '', ...earlier] = process.argv.slice(2);
const snapshot = JSON.parse(readFileSync(path, 'utf8')) as HeapSnapshot;
process.stdout.write(JSON.stringify(heapClasses(snapshot, earlier.map(Number))));
