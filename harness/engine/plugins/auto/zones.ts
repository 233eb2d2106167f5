import type { Log } from '../../log.ts';
import type { Scope } from '../../scope.ts';
import { readZoneFile } from '../../zone/load.ts';
import { closestOf } from '../../zone/name.ts';
import type { Name } from '../../zone/record.ts';
import { reloadZone } from '../../zone/reload.ts';
import type { Zone } from '../../zone/zone.ts';

/** Zones found by `auto`. Each one looks after its own file, in a scope of its own that ends when the zone is removed. */
export class AutoZones {
  readonly #loaded = new Map<Name, { readonly zone: Zone; readonly scope: Scope }>();
  readonly #scope: Scope;
  readonly #reload: number;
  readonly #log: Log;

  /** @param reload Milliseconds between two looks at a zone's file; 0: never. */
  constructor(scope: Scope, reload: number, log: Log) {
    this.#scope = scope;
    this.#reload = reload;
    this.#log = log;
  }

  get origins(): readonly Name[] {
    return [...this.#loaded.keys()];
  }

  get(origin: Name): Zone | undefined {
    return this.#loaded.get(origin)?.zone;
  }

  /** The zone closest to `name`. */
  match(name: Name): Zone | undefined {
    return closestOf(name, this);
  }

  add(zone: Zone): void {
    const scope = this.#scope.child('auto:zones');
    if (this.#reload > 0) keepFresh(zone, scope, this.#reload, this.#log);
    this.#loaded.set(zone.origin, { zone, scope });
  }

  async remove(origin: Name): Promise<void> {
    const entry = this.#loaded.get(origin);
    this.#loaded.delete(origin);
    await entry?.scope.close();
  }

  /** Ends what every zone has going. The zones stay: queries that are still being answered may need them. */
  async close(): Promise<void> {
    const ends = await Promise.allSettled([...this.#loaded.values()].map(({ scope }) => scope.close()));
    const errors = ends.filter(end => end.status === 'rejected').map(({ reason }) => reason as unknown);
    if (errors.length > 0) throw new AggregateError(errors, 'Cannot end all zones');
  }
}

/** A function of its own, so that the timer holds on to the zone and not to everything that `auto` loaded. */
function keepFresh(zone: Zone, scope: Scope, period: number, log: Log): void {
  scope.every('zone:reload', period, () => reloadZone(zone, { readFile: readZoneFile, log }));
}
