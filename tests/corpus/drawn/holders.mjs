/**
 * Where a program may keep things, by name: `keep` puts one in under a running number, `drop` takes it out again,
 * `count` says how many are in.
 */
export const HOLDERS = {
  array: () => new InArray(),
  'copied array': () => new InCopiedArray(),
  map: () => new InMap(),
  set: () => new InSet(),
  dictionary: () => new InDictionary(),
  slots: () => new InSlots(),
  'linked list': () => new InList(),
  'sets by tenant': () => new ByTenant(),
  'weak map of owners': () => new ByOwner(),
};

const TENANTS = 16;

class InArray {
  #kept = [];
  keep(_, thing) {
    this.#kept.push(thing);
  }
  drop(_, thing) {
    this.#kept.splice(this.#kept.lastIndexOf(thing), 1);
  }
  count() {
    return this.#kept.length;
  }
}

class InCopiedArray {
  #kept = [];
  keep(_, thing) {
    this.#kept = [...this.#kept, thing];
  }
  drop(_, thing) {
    this.#kept = this.#kept.filter(one => one !== thing);
  }
  count() {
    return this.#kept.length;
  }
}

class InMap {
  #kept = new Map();
  keep(id, thing) {
    this.#kept.set(id, thing);
  }
  drop(id) {
    this.#kept.delete(id);
  }
  count() {
    return this.#kept.size;
  }
}

class InSet {
  #kept = new Set();
  keep(_, thing) {
    this.#kept.add(thing);
  }
  drop(_, thing) {
    this.#kept.delete(thing);
  }
  count() {
    return this.#kept.size;
  }
}

class InDictionary {
  #kept = {};
  keep(id, thing) {
    this.#kept[`order-${id}`] = thing;
  }
  drop(id) {
    delete this.#kept[`order-${id}`];
  }
  count() {
    return Object.keys(this.#kept).length;
  }
}

/** Free places are taken again. */
class InSlots {
  #slots = [];
  #free = [];
  keep(_, thing) {
    this.#slots[this.#free.pop() ?? this.#slots.length] = thing;
  }
  drop(_, thing) {
    const slot = this.#slots.indexOf(thing);
    this.#slots[slot] = undefined;
    this.#free.push(slot);
  }
  count() {
    return this.#slots.length - this.#free.length;
  }
}

class InList {
  #last;
  keep(id, thing) {
    const entry = { id, thing, before: this.#last, after: undefined };
    if (this.#last) this.#last.after = entry;
    this.#last = entry;
  }
  drop(id) {
    let entry = this.#last;
    while (entry.id !== id) entry = entry.before;
    if (entry.before) entry.before.after = entry.after;
    if (entry.after) entry.after.before = entry.before;
    else this.#last = entry.before;
  }
  count() {
    let count = 0;
    for (let entry = this.#last; entry; entry = entry.before) count++;
    return count;
  }
}

class ByTenant {
  #tenants = new Map();
  keep(id, thing) {
    const tenant = `tenant ${id % TENANTS}`;
    const kept = this.#tenants.get(tenant) ?? new Set();
    this.#tenants.set(tenant, kept.add(thing));
  }
  drop(id, thing) {
    const tenant = `tenant ${id % TENANTS}`;
    const kept = this.#tenants.get(tenant);
    kept.delete(thing);
    if (kept.size === 0) this.#tenants.delete(tenant);
  }
  count() {
    return [...this.#tenants.values()].reduce((sum, { size }) => sum + size, 0);
  }
}

class ByOwner {
  #owners = Array.from({ length: TENANTS }, (_, owner) => ({ owner }));
  #kept = new WeakMap(this.#owners.map(owner => [owner, new Map()]));
  keep(id, thing) {
    this.#of(id).set(id, thing);
  }
  drop(id) {
    this.#of(id).delete(id);
  }
  count() {
    return this.#owners.reduce((sum, owner) => sum + this.#kept.get(owner).size, 0);
  }
  #of(id) {
    return this.#kept.get(this.#owners[id % TENANTS]);
  }
}
