import { seeded } from '../random.mjs';
import { describeProgram, isForgotten } from './draw.mjs';
import { HOLDERS } from './holders.mjs';

/** Keeps the numbers of the run apart from those that the program was drawn by. */
const COURSE = 0x9e3779b9;

/** A program at work, in its healthy build or in the one that `forgets`. */
export class Program {
  #drawn;
  #forgets;
  #random;
  #holder;
  /** What is to be let go of, the oldest first. */
  #due = [];
  #arrived = 0;
  #forgotten = 0;

  constructor(drawn, forgets) {
    this.#drawn = drawn;
    this.#forgets = forgets;
    this.#random = seeded(drawn.number ^ COURSE);
    this.#holder = HOLDERS[drawn.place]();
  }

  run(iteration) {
    const { traffic, habits } = this.#drawn;
    if (iteration % traffic.every === 0)
      for (let nth = 0; nth < traffic.each; nth++) this.#receive(iteration);
    this.#letGo(iteration);
    const begun = habits.map(({ run }) => run(iteration, this.#random)).filter(one => one instanceof Promise);
    return begun.length > 0 ? Promise.all(begun) : undefined;
  }

  text() {
    return describeProgram(this.#drawn);
  }

  /** Things that are held. */
  held() {
    return this.#holder.count();
  }

  /** Things that are held and will be let go of. */
  due() {
    return this.#due.length;
  }

  /** Things that were not let go of, or not closed, and never will be. */
  forgotten() {
    return this.#forgotten;
  }

  #receive(iteration) {
    const { thing, mistake } = this.#drawn;
    const id = this.#arrived++;
    const made = thing.make(id, thing.size, this.#random);
    this.#holder.keep(id, made);
    const isWrong = this.#forgets && iteration >= mistake.from && isForgotten(id, mistake, this.#random);
    if (isWrong) this.#forgotten++;
    if (!isWrong) this.#due.push({ id, made, since: iteration, isClosed: true });
    else if (mistake.how === 'close') this.#due.push({ id, made, since: iteration, isClosed: false });
  }

  #letGo(iteration) {
    const { bound, life, sweep } = this.#drawn.lifetime;
    if (bound !== undefined) while (this.#due.length > bound) this.#release();
    else if (iteration % sweep === 0) while (this.#due[0]?.since + life <= iteration) this.#release();
  }

  #release() {
    const { id, made, isClosed } = this.#due.shift();
    this.#holder.drop(id, made);
    if (isClosed) this.#drawn.thing.close?.(made);
  }
}
