/**
 * The 16 bits at `offset`, which must lie inside. Node's `readUInt16BE` checks that first, and a packet has a dozen fields.
 */
export function u16At(octets: Buffer, offset: number): number {
  return ((octets[offset] ?? 0) << 8) | (octets[offset + 1] ?? 0);
}
