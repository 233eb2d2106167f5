import { z } from 'zod';
import type { Evidence, SourcePosition } from '../harness/model.ts';

const number = z.number();
const position: z.ZodType<SourcePosition> = z
  .object({ file: z.string(), line: number, column: number, function: z.string() })
  .meta({ id: 'SourcePosition' });

const path = z
  .object({
    count: number,
    steps: z.array(z.object({ name: z.string(), position: position.exactOptional() })),
    added: z.array(position).exactOptional(),
  })
  .meta({ id: 'RetainingPath' });

const objects = z
  .object({
    name: z.string(),
    perIteration: number,
    exact: z.boolean(),
    retained: number,
    with: z.array(z.object({ name: z.string(), perIteration: number })),
    paths: z.array(path),
    defined: position.exactOptional(),
    allocated: z.array(position).exactOptional(),
  })
  .meta({ id: 'KeptObjects' });

const resource = z
  .object({
    kind: z.enum(['timer', 'immediate', 'handle', 'descriptor', 'listener']),
    name: z.string(),
    noun: z.string().exactOptional(),
    perIteration: number,
    exact: z.boolean(),
    created: z.array(position),
    owner: z.object({ label: z.string(), undoes: z.string() }).exactOptional(),
  })
  .meta({ id: 'KeptResource' });

const allocations = z
  .object({ bytes: number, share: number, by: position, frames: z.array(position) })
  .meta({ id: 'KeptAllocations' });

export const evidence: z.ZodType<Evidence> = z
  .discriminatedUnion('outcome', [
    z.object({ scenario: z.string(), build: z.string(), outcome: z.literal('skipped'), reason: z.string() }),
    z.object({
      scenario: z.string(),
      build: z.string(),
      outcome: z.literal('completed'),
      iterations: number,
      objects: z.array(objects),
      resources: z.array(resource),
      allocations: z.array(allocations).exactOptional(),
      snapshots: z.array(z.string()),
      notKept: z.string().exactOptional(),
      elapsed: number,
    }),
  ])
  .meta({ id: 'Evidence' });
