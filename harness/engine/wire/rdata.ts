import type {
  CaaData,
  DnskeyData,
  DsData,
  MxData,
  Name,
  NaptrData,
  NsecData,
  RecordType,
  ResourceRecord,
  RrsigData,
  SoaData,
  SrvData,
  SshfpData,
  TlsaData,
  TxtData,
} from '../zone/record.ts';
import { typeNumber } from '../zone/types.ts';
import { writeA, writeAaaa } from './address.ts';
import { codecOf } from './codec.ts';
import type { MessageWriter } from './writer.ts';

/**
 * Writes a record's data with its length in front. dns-packet encodes the types without domain names, after the checks it
 * leaves out; names are written here, because dns-packet neither knows escapes nor compresses.
 *
 * @throws {Error} if the data cannot be encoded; what has been written of it must then be discarded.
 */
export function writeData(writer: MessageWriter, { type, data }: ResourceRecord): void {
  const write = Buffer.isBuffer(data) ? writeOpaque : WRITERS.get(type);
  if (write === undefined)
    throw new TypeError(`Cannot encode record, data without a structure must be a Buffer: ${type}`);
  // The table pairs every type with the data that `RecordData` gives it.
  write(writer, data as never);
}

type DataWriter = (writer: MessageWriter, data: never) => void;

const TXT = codecOf('TXT');
const CAA = codecOf('CAA');
const TLSA = codecOf('TLSA');
const DS = codecOf('DS');
const DNSKEY = codecOf('DNSKEY');
const NAPTR = codecOf('NAPTR');
const NSEC = codecOf('NSEC');

const WRITERS: ReadonlyMap<RecordType, DataWriter> = new Map<RecordType, DataWriter>([
  ['A', writeA],
  ['AAAA', measured(writeAaaa)],
  ['NS', measured(writeCompressed)],
  ['CNAME', measured(writeCompressed)],
  ['PTR', measured(writeCompressed)],
  ['DNAME', measured(writeUncompressed)],
  ['SOA', measured(writeSoa)],
  ['MX', measured(writeMx)],
  ['SRV', measured(writeSrv)],
  ['TXT', writeTxt],
  ['CAA', writeCaa],
  ['NAPTR', measured(writeNaptr)],
  ['TLSA', (writer, data: TlsaData) => writer.encoded(TLSA, data)],
  ['SSHFP', measured(writeSshfp)],
  ['DS', (writer, data: DsData) => writer.encoded(DS, data)],
  ['DNSKEY', (writer, data: DnskeyData) => writer.encoded(DNSKEY, data)],
  ['RRSIG', measured(writeRrsig)],
  ['NSEC', measured(writeNsec)],
]);

/** Puts the length in front of what `write` writes. */
function measured<Data>(
  write: (writer: MessageWriter, data: Data) => void,
): (writer: MessageWriter, data: Data) => void {
  return (writer, data) => {
    const start = writer.length;
    writer.u16(0);
    write(writer, data);
    writer.patch(start, writer.length - start - 2);
  };
}

function writeOpaque(writer: MessageWriter, data: Buffer): void {
  writer.u16(data.length);
  writer.bytes(data);
}

function writeCompressed(writer: MessageWriter, name: Name): void {
  writer.compressedName(name);
}

function writeUncompressed(writer: MessageWriter, name: Name): void {
  writer.uncompressedName(name);
}

function writeSoa(writer: MessageWriter, soa: SoaData): void {
  writer.compressedName(soa.mname);
  writer.compressedName(soa.rname);
  writer.u32(soa.serial);
  writer.u32(soa.refresh);
  writer.u32(soa.retry);
  writer.u32(soa.expire);
  writer.u32(soa.minimum);
}

function writeMx(writer: MessageWriter, mx: MxData): void {
  writer.u16(mx.preference);
  writer.compressedName(mx.exchange);
}

function writeSrv(writer: MessageWriter, srv: SrvData): void {
  writer.u16(srv.priority);
  writer.u16(srv.weight);
  writer.u16(srv.port);
  writer.uncompressedName(srv.target);
}

function writeTxt(writer: MessageWriter, strings: TxtData): void {
  if (strings.length === 0) throw new RangeError('Cannot encode TXT record, it must have a string: none');
  for (const string of strings) checkString('TXT', string.length);
  writer.encoded(TXT, strings);
}

function writeCaa(writer: MessageWriter, caa: CaaData): void {
  checkString('CAA', caa.tag.length);
  writer.encoded(CAA, caa);
}

/** The replacement is the root for dns-packet, and its one octet is then replaced by the real name. */
function writeNaptr(writer: MessageWriter, naptr: NaptrData): void {
  for (const string of [naptr.flags, naptr.services, naptr.regexp])
    checkString('NAPTR', Buffer.byteLength(string));
  writer.bytes(NAPTR.encode({ ...naptr, replacement: '.' }).subarray(2, -1));
  writer.uncompressedName(naptr.replacement);
}

function writeSshfp(writer: MessageWriter, sshfp: SshfpData): void {
  const fingerprint = Buffer.from(sshfp.fingerprint, 'hex');
  if (fingerprint.length * 2 !== sshfp.fingerprint.length) {
    throw new TypeError(
      `Cannot encode SSHFP record, its fingerprint must be hexadecimal: "${sshfp.fingerprint}"`,
    );
  }
  writer.u8(sshfp.algorithm);
  writer.u8(sshfp.hash);
  writer.bytes(fingerprint);
}

/** RFC 4034 section 3.1; times are taken modulo 2^32 (section 3.1.5). */
function writeRrsig(writer: MessageWriter, rrsig: RrsigData): void {
  writer.u16(typeNumber(rrsig.typeCovered));
  writer.u8(rrsig.algorithm);
  writer.u8(rrsig.labels);
  writer.u32(rrsig.originalTTL);
  writer.u32(rrsig.expiration >>> 0);
  writer.u32(rrsig.inception >>> 0);
  writer.u16(rrsig.keyTag);
  writer.uncompressedName(rrsig.signersName);
  writer.bytes(rrsig.signature);
}

/** The bitmap is dns-packet's, behind the one octet of the root; by number, since it takes unknown mnemonics for type 0. */
function writeNsec(writer: MessageWriter, nsec: NsecData): void {
  const rrtypes = nsec.rrtypes.map(type => `UNKNOWN_${typeNumber(type)}`);
  writer.uncompressedName(nsec.nextDomain);
  writer.bytes(NSEC.encode({ nextDomain: '.', rrtypes }).subarray(3));
}

function checkString(type: RecordType, octets: number): void {
  if (octets > 255)
    throw new RangeError(`Cannot encode ${type} record, its strings must have at most 255 octets: ${octets}`);
}
