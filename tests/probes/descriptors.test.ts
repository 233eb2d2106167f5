import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { descriptorsProbe } from '../../harness/probes/descriptors.ts';
import { isUnavailable, type Probe } from '../../harness/probes/probe.ts';

describe('descriptorsProbe()', () => {
  test('sorts descriptors by what they lead to', () => {
    const folder = mkdtempSync(join(tmpdir(), 'leakgate-test-'));
    const targets = [
      '/dev/null',
      '/tmp/x (deleted)',
      'socket:[1]',
      'pipe:[2]',
      'anon_inode:inotify',
      'anon_inode:[eventpoll]',
    ];
    for (const [descriptor, target] of targets.entries())
      symlinkSync(target, join(folder, String(descriptor)));
    const readings = {};
    (descriptorsProbe(folder) as Probe).read(readings);
    rmSync(folder, { recursive: true });
    expect(readings).toEqual({
      'descriptors.file': 2,
      'descriptors.socket': 1,
      'descriptors.pipe': 1,
      'descriptors.inotify': 1,
      'descriptors.other': 1,
    });
  });

  test('is unavailable where the system has no such folder', () => {
    const probe = descriptorsProbe('/no/such/folder');
    expect(isUnavailable(probe) && probe).toMatchObject({
      name: 'descriptors',
      reason: 'needs /no/such/folder (Linux)',
    });
  });
});
