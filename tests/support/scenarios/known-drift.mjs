class Entry {
  constructor(at) {
    this.at = at;
  }
}

class Ticket {
  constructor(at) {
    this.at = at;
  }
}

/** Keeps 30 entries at a time; the build `worse` one ticket in 50 iterations besides. */
export default {
  name: 'known-drift',
  description: 'entries come in bursts, and stay',
  builds: { old: { tickets: false }, worse: { tickets: true } },
  expect: 'steady',
  setup: ({ build }) => ({ kept: [], tickets: [], build }),
  iterate(session, iteration) {
    if (iteration % 30 === 7)
      for (let entry = 0; entry < 30; entry++) session.kept.push(new Entry(iteration));
    if (session.build === 'worse' && iteration % 50 === 3) session.tickets.push(new Ticket(iteration));
  },
};
