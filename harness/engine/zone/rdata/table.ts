import type {
  CaaData,
  DnskeyData,
  DsData,
  MxData,
  NaptrData,
  NsecData,
  RecordData,
  RecordType,
  RrsigData,
  SoaData,
  SrvData,
  SshfpData,
  TlsaData,
} from '../record.ts';
import { ipv4, ipv6 } from './addresses.ts';
import { type Field, structure } from './fields.ts';
import { domain } from './names.ts';
import { after, algorithm, duration, instant, uint8, uint16, uint32 } from './numbers.ts';
import { base64, characterStrings, hexadecimal, hexadecimalText, longText, tag, text } from './strings.ts';
import { serviceBinding } from './svcb.ts';
import { recordType, typeSet } from './types.ts';

const ZONE_PARAMETER = 'zone parameter';

/** Every type that a zone may hold in its own notation; all others need `\#` (RFC 3597 section 5). */
export const DATA_FIELDS: ReadonlyMap<RecordType, Field<RecordData>> = new Map<RecordType, Field<RecordData>>(
  [
    // RFC 1035 section 3.4.1, RFC 3596 section 2.2
    ['A', { ...ipv4, label: 'A' }],
    ['AAAA', { ...ipv6, label: 'AAAA' }],
    // RFC 1035 section 3.3, RFC 6672 section 2.1
    ['NS', { ...domain, label: 'Ns' }],
    ['CNAME', { ...domain, label: 'Target' }],
    ['PTR', { ...domain, label: 'Ptr' }],
    ['DNAME', { ...domain, label: 'Target' }],
    [
      'SOA',
      structure<SoaData>('SOA', {
        mname: { ...domain, label: 'Ns' },
        rname: { ...domain, label: 'Mbox' },
        serial: { ...uint32, label: ZONE_PARAMETER },
        refresh: { ...duration, label: ZONE_PARAMETER },
        retry: { ...duration, label: ZONE_PARAMETER },
        expire: { ...duration, label: ZONE_PARAMETER },
        minimum: { ...duration, label: ZONE_PARAMETER },
      }),
    ],
    ['MX', structure<MxData>('MX', { preference: uint16, exchange: domain })],
    ['TXT', { ...characterStrings, label: 'Txt' }],
    // RFC 2782
    ['SRV', structure<SrvData>('SRV', { priority: uint16, weight: uint16, port: uint16, target: domain })],
    // RFC 8659 section 4.1
    ['CAA', structure<CaaData>('CAA', { flags: uint8, tag, value: longText })],
    // RFC 3403 section 4.1
    [
      'NAPTR',
      structure<NaptrData>('NAPTR', {
        order: uint16,
        preference: uint16,
        flags: text,
        services: text,
        regexp: text,
        replacement: domain,
      }),
    ],
    // RFC 6698 section 2.1
    [
      'TLSA',
      structure<TlsaData>('TLSA', {
        usage: uint8,
        selector: uint8,
        matchingType: uint8,
        certificate: hexadecimal,
      }),
    ],
    // RFC 4255 section 3.1
    ['SSHFP', structure<SshfpData>('SSHFP', { algorithm: uint8, hash: uint8, fingerprint: hexadecimalText })],
    // RFC 4034 sections 5.1, 2.1, 3.1 and 4.1; the protocol of a DNSKEY is always 3
    ['DS', structure<DsData>('DS', { keyTag: uint16, algorithm, digestType: uint8, digest: hexadecimal })],
    [
      'DNSKEY',
      structure<DnskeyData>('DNSKEY', { flags: uint16, algorithm: after(3, algorithm), key: base64 }),
    ],
    [
      'RRSIG',
      structure<RrsigData>('RRSIG', {
        typeCovered: recordType,
        algorithm,
        labels: uint8,
        originalTTL: duration,
        expiration: instant,
        inception: instant,
        keyTag: uint16,
        signersName: domain,
        signature: base64,
      }),
    ],
    ['NSEC', structure<NsecData>('NSEC', { nextDomain: domain, rrtypes: typeSet })],
    // RFC 9460 section 2
    ['SVCB', { ...serviceBinding, label: 'Value' }],
    ['HTTPS', { ...serviceBinding, label: 'Value' }],
  ],
);
