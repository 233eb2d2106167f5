/** A whole number below 2 ** 32 that looks random: the finalizer of MurmurHash3 (Appleby 2011). */
export function scrambled(seed: number, block: number): number {
  let bits = Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(block + 1, 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
