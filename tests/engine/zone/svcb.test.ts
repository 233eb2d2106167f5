import { describe, expect, test } from 'vitest';
import { contentOf, dataOf, failureOf, recordsOf } from './support.ts';

const COM = '03666f6f076578616d706c6503636f6d00';
const ORG = '03666f6f076578616d706c65036f726700';

// RFC 9460 appendix D.1 and D.2
describe('service bindings in wire form', () => {
  test.each([
    ['HTTPS 0 foo.example.com.', `0000 ${COM}`],
    ['SVCB 1 .', '0001 00'],
    ['SVCB 16 foo.example.com. port=53', `0010 ${COM} 0003 0002 0035`],
    ['SVCB 1 foo.example.com. key667=hello', `0001 ${COM} 029b 0005 68656c6c6f`],
    ['SVCB 1 foo.example.com. key667="hello\\210qoo"', `0001 ${COM} 029b 0009 68656c6c6fd2716f6f`],
    [
      'SVCB 1 foo.example.com. (ipv6hint="2001:db8::1,2001:db8::53:1")',
      `0001 ${COM} 0006 0020 20010db8000000000000000000000001 20010db8000000000000000000530001`,
    ],
    [
      'SVCB 1 foo.example.com. ipv6hint="2001:db8:122:344::192.0.2.33"',
      `0001 ${COM} 0006 0010 20010db80122034400000000c0000221`,
    ],
    [
      'SVCB 16 foo.example.org. (\n alpn=h2,h3-19 mandatory=ipv4hint,alpn\n ipv4hint=192.0.2.1\n)',
      `0010 ${ORG} 0000 0004 0001 0004 0001 0009 026832 0568332d3139 0004 0004 c0000201`,
    ],
    [
      'SVCB 16 foo.example.org. alpn="f\\\\\\\\oo\\\\,bar,h2"',
      `0010 ${ORG} 0001 000c 08665c6f6f2c626172 026832`,
    ],
    [
      'SVCB 16 foo.example.org. alpn=f\\\\\\092oo\\092,bar,h2',
      `0010 ${ORG} 0001 000c 08665c6f6f2c626172 026832`,
    ],
    [
      'HTTPS 1 . no-default-alpn alpn=h3 ech=AEX+DQ==',
      '0001 00 0001 0003 026833 0002 0000 0005 0004 0045fe0d',
    ],
    [
      'SVCB 1 . dohpath="/dns-query{?dns}"',
      `0001 00 0007 0010 ${Buffer.from('/dns-query{?dns}').toString('hex')}`,
    ],
    ['SVCB 1 . KEY3="\\000\\053" key65534', '0001 00 0003 0002 0035 fffe 0000'],
  ])('%s', (data, wire) => {
    expect(dataOf(`a ${data}`)).toEqual(Buffer.from(wire.replaceAll(' ', ''), 'hex'));
  });
});

// Most of them from RFC 9460 appendix D.3
describe('service bindings that are refused', () => {
  test.each([
    'key123=abc key123=def',
    'key3="\\000\\053" port=53',
    'mandatory',
    'alpn',
    'port',
    'ipv4hint',
    'ipv6hint',
    'ech=""',
    'no-default-alpn=abc alpn=h2',
    'no-default-alpn',
    'mandatory=key123',
    'mandatory=mandatory',
    'mandatory=key123,key123 key123=abc',
    'port=65536',
    'port=http',
    'alpn=h2,,h3',
    `alpn=${'x'.repeat(256)}`,
    'ipv4hint=1.2.3',
    'ipv4hint=1.2.3.4,',
    'ipv6hint=1.2.3.4',
    'ech=A',
    'key65535=a',
    'key65536=a',
    'key01=a',
    'keyabc=a',
    'foo=a',
    '"alpn=h2"',
    'alpn= "h2"',
    'key3="\\000"',
    'alpn=h2\\\\x',
    'key1="\\003h2"',
    `key9="${'x'.repeat(65_536)}"`,
  ])('SVCB 1 . %s', parameters => {
    expect(failureOf(`a SVCB 1 foo.example.com. ${parameters}`).message).toContain('bad SVCB Value');
  });

  test.each(['', '1', 'x .', '65536 .', '1 a..b'])('SVCB %s', data => {
    expect(failureOf(`a SVCB ${data}`).message).toContain('bad SVCB Value');
  });

  test.each([
    ['0001000003000200350001000100', 'keys out of order'],
    ['00010000030002', 'a value beyond the end'],
    ['0001c000', 'a compressed target'],
    ['00010000000002', 'mandatory cut short'],
    ['000100000000040001000100010003026832', 'mandatory with a key twice'],
  ])('\\# of %s: %s', wire => {
    expect(failureOf(`a HTTPS \\# ${wire.length / 2} ${wire}`).message).toContain(
      'bad HTTPS data in RFC3597 form',
    );
  });
});

test('are written so that they can be read again', () => {
  const written = recordsOf(
    contentOf('a SVCB 1 . key667=a\\"\\200 mandatory=port,key667 port=53 alpn="a\\\\,b,\\\\\\\\" key8'),
  );
  expect(written).toEqual([
    'a.example.org. 60 IN SVCB 1 . mandatory="port,key667" alpn="a\\\\,b,\\\\\\\\" port="53" key8 key667="a\\"\\200"',
  ]);
  expect(recordsOf(contentOf(written.join('\n')))).toEqual(written);
});
