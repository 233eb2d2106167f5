import { absoluteName } from '../zone/name.ts';
import type { Name } from '../zone/record.ts';
import { reverseZones } from './reverse-zones.ts';

/**
 * The zones that arguments of a directive name, as keys of a server block do: `example.org`, or a network like `10.0.0.0/8`,
 * which stands for its reverse zones.
 * @throws {InvalidNameError} if one is no domain name.
 */
export function zoneArguments(args: readonly string[]): Name[] {
  return args.flatMap(text => reverseZones(text) ?? absoluteName(text, '.'));
}
