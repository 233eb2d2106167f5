import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { droppedIn } from '../../scenarios/fuzz.ts';

const TABLE = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  170: 0100007F:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 50917 2 00000000d9a3c0a0 7
  171: 0100007F:CB35 0100007F:0035 01 00000000:00000000 00:00000000 00000000     0        0 50918 2 00000000d9a3c0a1 0
`;

test('reads what the system dropped from its table, by the port of the socket', () => {
  expect(droppedIn(TABLE, 53)).toBe(7);
  expect(droppedIn(TABLE, 0xcb35)).toBe(0);
});

test('a port that has no socket has no count', () => {
  expect(droppedIn(TABLE, 54)).toBeNaN();
});

test.skipIf(!existsSync('/proc/net/udp'))(
  'sees a socket drop what does not fit into its buffer',
  async () => {
    const [to, from] = [createSocket({ type: 'udp4', recvBufferSize: 4096 }), createSocket('udp4')];
    to.bind(0, '127.0.0.1');
    await once(to, 'listening');
    const { port } = to.address();
    from.connect(port, '127.0.0.1');
    await once(from, 'connect');
    // The loop does not turn while they are sent, so nothing is read.
    for (let sent = 0; sent < 100; sent++) from.send(Buffer.alloc(1000));
    expect(droppedIn(readFileSync('/proc/net/udp', 'utf8'), port)).toBeGreaterThan(0);
    to.close();
    from.close();
  },
);
