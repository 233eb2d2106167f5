import { record } from 'dns-packet';

/** Encodes the data of one record type, its length in front. None of dns-packet's codecs checks what it is given. */
export interface Codec {
  readonly encode: {
    (data: unknown, buffer?: Buffer, offset?: number): Buffer;
    /** Octets written by the last call. */
    readonly bytes: number;
  };
  /** Octets that `encode` would write. */
  encodingLength(data: unknown): number;
}

declare module 'dns-packet' {
  /** Missing in the published types. */
  export function record(type: string): Codec;
}

export { record as codecOf };
