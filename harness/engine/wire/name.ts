/** Where no name is. */
export const MALFORMED = -1;

/**
 * Offset of the first octet after the uncompressed name at `offset`; MALFORMED if there is none within the limits of RFC 1035
 * section 2.3.4. A compression pointer does not belong here: nothing to point to stands before the name.
 */
export function findNameEnd(octets: Buffer, offset: number): number {
  let end = offset;
  for (;;) {
    const length = octets[end];
    if (length === undefined || length > 63) return MALFORMED;
    end += length + 1;
    if (end - offset > 255) return MALFORMED;
    if (length === 0) return end;
  }
}
