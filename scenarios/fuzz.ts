import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { defineScenario, type EngineHost, type EngineSession } from '../harness/scenario.ts';

interface Session {
  readonly engine: EngineSession;
  readonly host: EngineHost;
  readonly random: () => number;
  readonly socket: Socket;
  readonly packets: number;
  readonly texts: number;
  readonly tally: { sent: number; answered: number; texts: number; refused: number };
}

const COREFILE = `(common) {
  errors
  log . "{remote} {name}" {
    class denial error
  }
}
. {
  import common
  whoami
}
a.example:5300, b.example {$NOWHERE} 10.0.0.0/23 {
  root /nowhere
  auto b.example {
    directory zones db\\.(.*) {1}
    reload 30s
  }
  reload 10s 2s
  # the last line
}
`;

const ZONE = `$ORIGIN a.example.
$TTL 1h
@ IN SOA ns.a.example. admin ( 2026112301 ; serial
    7200 30m 1w 300 )
  NS ns
ns 300 IN A 10.0.0.1
   AAAA 2001:db8::1
* IN CNAME ns
mail MX 10 ns
text TXT "one; two" "th\\"ree" four\\059
_x._tcp SRV 0 5 5060 ns
caa CAA 0 issue "ca.example"
svc HTTPS 1 . alpn=h2,h3 port=8443 ipv4hint=10.0.0.1
raw TYPE65280 \\# 4 0a000001
$GENERATE 1-3 host\${0,3,d} A 10.0.1.$
sub NS ns.sub
ns.sub A 10.0.0.9
`;

/** Mutated packets, Corefiles and zone files: nothing from outside may crash or hang the engine, or leave anything behind. */
export default defineScenario<Session>({
  name: 'fuzz',
  description: 'Sends mutated packets over UDP and TCP and parses mutated Corefiles and zone files',
  unit: 'round',
  target: 'engine',
  builds: { fixed: {} },
  parameters: { packets: 150, texts: 5 },
  options: { iterations: 300 },
  async setup({ engine: host, parameters, seed }) {
    const engine = await host.start({
      corefile: '.:{port} {\n  auto {\n    directory zones\n  }\n}\n',
      files: { 'zones/db.a.example': ZONE },
    });
    const socket = createSocket('udp4');
    const tally = { sent: 0, answered: 0, texts: 0, refused: 0 };
    socket.on('message', () => tally.answered++);
    socket.connect(engine.port, '127.0.0.1');
    await once(socket, 'connect');
    const [packets, texts] = [Number(parameters.packets), Number(parameters.texts)];
    return { engine, host, random: randomFrom(seed), socket, packets, texts, tally };
  },
  async iterate({ engine, host, random, socket, packets, texts, tally }, iteration) {
    for (let sent = 0; sent < packets; ) {
      for (const end = Math.min(packets, sent + BURST); sent < end; sent++)
        socket.send(mutate(query(sent), random));
      // Packets are read in the order in which they came, so the engine has read all of these once it answers this.
      await probe(engine, 'udp');
    }
    tally.sent += packets;
    if (iteration % 10 === 0) {
      await sendStream(engine.port, random);
      await probe(engine, 'tcp');
    }
    for (let text = 0; text < texts; text++) {
      if (host.parseCorefile(mutateText(COREFILE, random))) tally.refused++;
      if (host.parseZone(mutateText(ZONE, random), 'a.example.')) tally.refused++;
    }
    tally.texts += 2 * texts;
  },
  async teardown({ engine, socket, tally }) {
    await allRead(tally);
    const [lost, answersLost] = [dropped(engine.port), dropped(socket.address().port)];
    socket.close();
    await engine.stop();
    if (lost > 0) {
      throw new Error(
        `Cannot vouch for the packets as the engine must be handed every one: ${lost} of ${tally.sent} dropped by the system`,
      );
    }
    return { ...tally, ...(Number.isNaN(lost) ? {} : { dropped: lost, 'answers dropped': answersLost }) };
  },
});

/** So few that a socket's buffer holds them, requests as well as answers: none is lost on the way. */
const BURST = 50;

async function probe(engine: EngineSession, transport: 'udp' | 'tcp'): Promise<void> {
  const { rcode } = await engine.ask('ns.a.example', 'A', transport);
  if (rcode !== 'NOERROR') throw new Error(`Cannot go on as the engine must still answer rightly: ${rcode}`);
}

/** Datagrams that the system dropped before the socket of this port was read; NaN where it does not say (Linux does). */
function dropped(port: number): number {
  return existsSync(TABLE) ? droppedIn(readFileSync(TABLE, 'utf8'), port) : Number.NaN;
}

const TABLE = '/proc/net/udp';

/** The same from the text of Linux' table of UDP sockets (proc_net_udp(5)); NaN if the port has none. */
export function droppedIn(table: string, port: number): number {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = table.split('\n').map(line => line.trim().split(/\s+/));
  const drops = rows.filter(([, local]) => local?.endsWith(suffix)).map(row => Number(row.at(-1)));
  return drops.length > 0 ? drops.reduce((sum, drop) => sum + drop, 0) : Number.NaN;
}

/** Answers that have come are read some at a time, one turn of the event loop after the other. */
async function allRead(tally: { readonly answered: number }): Promise<void> {
  let before: number;
  do {
    before = tally.answered;
    await new Promise(setImmediate);
  } while (tally.answered > before);
}

/** A whole connection of mutated frames, ended by the client. */
async function sendStream(port: number, random: () => number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.resume();
  for (let sent = 0; sent < 5; sent++) {
    const packet = query(sent);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(packet.length, 0);
    socket.write(mutate(Buffer.concat([length, packet]), random));
  }
  socket.end();
  await once(socket, 'close');
}

const NAMES = [
  'ns.a.example',
  'nobody.a.example',
  'text.a.example',
  'www.sub.a.example',
  '.',
  'svc.a.example',
];
const TYPES = [1, 2, 5, 6, 15, 16, 28, 33, 65, 255, 252, 65280];

/** A plain query, every third with EDNS (RFC 1035 section 4.1, RFC 6891 section 6.1). */
function query(sequence: number): Buffer {
  const name = NAMES[sequence % NAMES.length] ?? '.';
  const type = TYPES[sequence % TYPES.length] ?? 1;
  const header = Buffer.from([
    sequence >> 8,
    sequence & 255,
    1,
    0,
    0,
    1,
    0,
    0,
    0,
    0,
    0,
    sequence % 3 === 0 ? 1 : 0,
  ]);
  const labels = name.split('.').filter(label => label !== '');
  const owner = labels.map(label => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]));
  const question = Buffer.from([0, type >> 8, type & 255, 0, 1]);
  const edns = sequence % 3 === 0 ? Buffer.from([0, 0, 41, 4, 208, 0, 0, 128, 0, 0, 0]) : Buffer.alloc(0);
  return Buffer.concat([header, ...owner, question, edns]);
}

/** One to four changes: a flipped bit, a replaced, removed or repeated run of octets, or a cut. */
function mutate(original: Buffer, random: () => number): Buffer {
  let packet = Buffer.from(original);
  for (let change = 1 + Math.floor(random() * 4); change > 0 && packet.length > 0; change--) {
    const at = Math.floor(random() * packet.length);
    const to = Math.min(packet.length, at + 1 + Math.floor(random() * 8));
    switch (Math.floor(random() * 5)) {
      case 0:
        packet[at] = (packet[at] ?? 0) ^ (1 << Math.floor(random() * 8));
        break;
      case 1:
        packet.fill(Math.floor(random() * 256), at, to);
        break;
      case 2:
        packet = Buffer.concat([packet.subarray(0, at), packet.subarray(to)]);
        break;
      case 3:
        packet = Buffer.concat([packet.subarray(0, to), packet.subarray(at)]);
        break;
      default:
        packet = packet.subarray(0, at);
    }
  }
  return packet;
}

function mutateText(text: string, random: () => number): string {
  return mutate(Buffer.from(text, 'latin1'), random).toString('latin1');
}

/** Mulberry32: a small generator with a 32-bit state; quality is no concern here, repeatability is. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
