/** A zone file: SOA and NS, then `records` addresses `host0`, `host1`, ... counted up from 10.0.0.1. */
export function zoneText(input: {
  readonly origin: string;
  readonly records: number;
  readonly serial?: number;
}): string {
  const { origin, records, serial = 1 } = input;
  const lines = [
    `$ORIGIN ${origin.replace(/\.?$/, '.')}`,
    '$TTL 3600',
    `@ IN SOA ns admin ${serial} 7200 1800 1209600 300`,
    '@ IN NS ns',
    'ns IN A 10.255.255.254',
  ];
  for (let record = 0; record < records; record++) lines.push(`host${record} 3600 IN A ${addressOf(record)}`);
  return `${lines.join('\n')}\n`;
}

/** Address of `host<record>` in every zone of `zoneText`. */
export function addressOf(record: number): string {
  const number = record + 1;
  return `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
}
