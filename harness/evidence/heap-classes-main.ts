/**
 * Entry of the process that reads one heap snapshot: prints its classes as JSON.
 * @module
 */
import { heapClasses } from './heap-classes.ts';
import { readSnapshot } from './snapshot/read-snapshot.ts';

const [path = ''] = process.argv.slice(2);
process.stdout.write(JSON.stringify(heapClasses(readSnapshot(path))));
