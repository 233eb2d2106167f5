/** Queries made octet by octet, so that tests depend on no encoder. */
export interface QueryOptions {
  readonly type?: number;
  readonly class?: number;
  readonly id?: number;
  readonly flags?: number;
  readonly opt?: {
    readonly size?: number;
    readonly version?: number;
    readonly flags?: number;
    readonly options?: Buffer;
  };
}

export function queryPacket(name: string | readonly Buffer[], options: QueryOptions = {}): Buffer {
  const { type = 1, class: klass = 1, id = 0x1234, flags = 0x0100, opt } = options;
  const header = words(id, flags, 1, 0, 0, opt === undefined ? 0 : 1);
  return Buffer.concat([
    header,
    wireName(name),
    words(type, klass),
    opt === undefined ? Buffer.alloc(0) : optRecord(opt),
  ]);
}

export function optRecord({
  size = 4096,
  version = 0,
  flags = 0,
  options = Buffer.alloc(0),
}: NonNullable<QueryOptions['opt']>): Buffer {
  return Buffer.concat([
    Buffer.of(0),
    words(41, size),
    Buffer.of(0, version),
    words(flags, options.length),
    options,
  ]);
}

/** Labels as given, or a name without escapes cut at its dots. */
export function wireName(name: string | readonly Buffer[]): Buffer {
  const labels =
    typeof name === 'string'
      ? name
          .split('.')
          .filter(Boolean)
          .map(label => Buffer.from(label))
      : name;
  return Buffer.concat([...labels.flatMap(label => [Buffer.of(label.length), label]), Buffer.of(0)]);
}

export function words(...values: number[]): Buffer {
  return Buffer.from(values.flatMap(value => [value >> 8, value & 0xff]));
}

/** A message behind its length, as sent over TCP. */
export function framed(message: Buffer): Buffer {
  return Buffer.concat([words(message.length), message]);
}

/** A promise and the two ways to settle it. */
export function deferred<Value>(): {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
  readonly reject: (error: Error) => void;
} {
  let resolve: (value: Value) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<Value>((settle, fail) => {
    resolve = settle;
    reject = fail;
  });
  return { promise, resolve, reject };
}
