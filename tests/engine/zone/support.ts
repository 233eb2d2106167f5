import type { Node, ZoneContent } from '../../../harness/engine/zone/content.ts';
import {
  type ParseZoneInput,
  parseMasterFile,
  ZoneFileError,
} from '../../../harness/engine/zone/master-file.ts';
import { formatRecord } from '../../../harness/engine/zone/presentation.ts';
import type { RecordData, ResourceRecord } from '../../../harness/engine/zone/record.ts';

export const ORIGIN = 'example.org.';
/** Two lines; what a test adds begins on line 3. */
export const HEAD = '$TTL 60\n@ SOA ns hostmaster 7 1h 2h 3w 5m\n';

/** Content of `example.org.` with a SOA and these lines. */
export function contentOf(lines: string, input: Partial<ParseZoneInput> = {}): ZoneContent {
  const content = parseMasterFile({ text: HEAD + lines, origin: ORIGIN, path: 'db.example.org', ...input });
  if (content === 'unchanged') throw new Error('The zone was not read: unchanged');
  return content;
}

/** Every record but the apex's SOA and NS, in presentation form with blanks, in the order of owners and of the file. */
export function recordsOf(content: ZoneContent): string[] {
  return [...content.names.values()].flatMap(listOf).map(show);
}

export function show(record: ResourceRecord): string {
  return formatRecord(record).replaceAll('\t', ' ');
}

/** Data of the one record that these lines make. */
export function dataOf(lines: string): RecordData {
  const records = [...contentOf(lines).names.values()].flatMap(listOf);
  if (records.length !== 1) throw new Error(`One record was expected: ${records.length}`);
  return records[0]!.data;
}

/** What a zone of these lines fails with. */
export function failureOf(lines: string, input: Partial<ParseZoneInput> = {}): ZoneFileError {
  try {
    contentOf(lines, input);
  } catch (error) {
    if (error instanceof ZoneFileError) return error;
    throw error;
  }
  throw new Error(`The zone was expected to fail: ${lines}`);
}

function listOf(node: Node): readonly ResourceRecord[] {
  return Array.isArray(node) ? node : [node as ResourceRecord];
}
