/**
 * Entry of the process that reads one heap snapshot: prints its classes as JSON. Behind its path: the largest
 * `newest` of those before it.
 * @module
 */
import { heapClasses } from './heap-classes.ts';
import { readSnapshot } from './read-snapshot.ts';

const [path = '', before = '0'] = process.argv.slice(2);
process.stdout.write(JSON.stringify(heapClasses(readSnapshot(path), Number(before))));
