import { expect, test } from 'vitest';
import type { LogLevel } from '../../../harness/engine/log.ts';
import { reloadZone } from '../../../harness/engine/zone/reload.ts';
import { Zone } from '../../../harness/engine/zone/zone.ts';
import { ORIGIN } from './support.ts';

function zoneText(serial: number, address = '192.0.2.1'): string {
  return `@ 60 IN SOA ns host ${serial} 1 1 1 1\nwww A ${address}\n`;
}

function attempt(zone: Zone, read: string | (() => string)) {
  const messages: [LogLevel, string][] = [];
  const readFile = typeof read === 'string' ? () => read : read;
  const outcome = reloadZone(zone, { readFile, log: (level, message) => messages.push([level, message]) });
  return { outcome, messages };
}

test('a zone is loaded, left alone while its serial stays, and swapped when it differs', () => {
  const zone = new Zone(ORIGIN, 'db.example.org');
  expect(zone.serial).toBeUndefined();
  expect(attempt(zone, zoneText(5))).toEqual({
    outcome: 'reloaded',
    messages: [['info', 'Successfully reloaded zone "example.org." in "db.example.org" with 5 SOA serial']],
  });
  const loaded = zone.content;
  expect(attempt(zone, zoneText(5, '192.0.2.9'))).toEqual({ outcome: 'unchanged', messages: [] });
  expect(zone.content).toBe(loaded);
  expect(attempt(zone, zoneText(4)).outcome).toBe('reloaded');
  expect(zone.content).not.toBe(loaded);
  expect(zone.serial).toBe(4);
});

test('whoever took the content before a reload goes on with it', () => {
  const zone = new Zone(ORIGIN, 'db');
  attempt(zone, zoneText(1));
  const before = zone.content;
  attempt(zone, zoneText(2, '192.0.2.2'));
  expect(before?.records('www.example.org.', 'A')[0]?.data).toBe('192.0.2.1');
  expect(zone.content?.records('www.example.org.', 'A')[0]?.data).toBe('192.0.2.2');
});

test.each([
  ['www 60 A nonsense\n', 'Parsing zone "example.org.": db: dns: bad A A: "nonsense" at line: 1:10'],
  ['', 'Parsing zone "example.org.": file "db" has no SOA record for origin example.org.'],
  [
    zoneText(0),
    'Parsing zone "example.org.": no change in SOA serial for origin example.org. in file db, with 0 SOA serial',
  ],
])('a bad file leaves the zone as it is: %j', (text, message) => {
  const zone = new Zone(ORIGIN, 'db');
  attempt(zone, zoneText(1));
  const { content } = zone;
  expect(attempt(zone, text)).toEqual({ outcome: 'failed', messages: [['error', message]] });
  expect(zone.content).toBe(content);
});

test('a file that cannot be read leaves the zone as it is, and it is read from where the zone now says', () => {
  const zone = new Zone(ORIGIN, 'gone');
  const read = () => {
    throw new Error('ENOENT');
  };
  expect(attempt(zone, read)).toEqual({
    outcome: 'failed',
    messages: [['error', 'Failed to open zone "example.org." in "gone" for reload: ENOENT']],
  });
  zone.path = 'moved';
  const paths: string[] = [];
  reloadZone(zone, {
    log: () => {},
    readFile: path => {
      paths.push(path);
      return path === 'moved' ? '$INCLUDE part\n' : zoneText(3);
    },
  });
  expect(paths).toEqual(['moved', 'part']);
  expect(zone.serial).toBe(3);
});

test('a bug in whatever reads is not taken for a bad file', () => {
  const zone = new Zone(ORIGIN, 'db');
  const log = () => {
    throw new RangeError('a bug');
  };
  expect(() => reloadZone(zone, { log, readFile: () => zoneText(1) })).toThrow(RangeError);
});
