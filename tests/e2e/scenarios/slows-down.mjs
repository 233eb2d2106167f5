// Grows ever more slowly, without an end: the vocabulary of a text (Heaps' law).
class Term {
  constructor(place) {
    this.place = place;
  }
}

const terms = new Map();

export default {
  name: 'slows-down',
  iterate(_, iteration) {
    const size = Math.floor(6 * Math.sqrt(20 * iteration));
    while (terms.size < size) terms.set(`word ${terms.size}`, new Term(terms.size));
  },
};
