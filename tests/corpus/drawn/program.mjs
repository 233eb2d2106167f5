import { seeded } from '../random.mjs';
import { describeProgram, isForgotten } from './draw.mjs';
import { HOLDERS } from './holders.mjs';

/** Keep the numbers of the run, and of its mistakes, apart from those that the program was drawn by. */
const COURSE = 0x9e3779b9;
const MISTAKES = 0x85ebca6b;

/** A program at work, in its healthy build or in the one that `forgets`. */
export class Program {
  #drawn;
  #forgets;
  #random;
  /** Apart, so that both builds do the same but for the mistakes. */
  #mistakes;
  #holder;
  /** What is to be let go of, the oldest first. */
  #due = [];
  #arrived = 0;
  #forgotten = 0;

  constructor(drawn, forgets) {
    this.#drawn = drawn;
    this.#forgets = forgets;
    this.#random = seeded(drawn.number ^ COURSE);
    this.#mistakes = seeded(drawn.number ^ MISTAKES);
    this.#holder = HOLDERS[drawn.place]();
  }

  run(iteration) {
    const { traffic, habits } = this.#drawn;
    const come = iteration % traffic.every === 0 ? traffic.each : 0;
    for (let nth = 0; nth < come; nth++) this.#receive(iteration);
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
    const isWrong = this.#forgets && iteration >= mistake.from && isForgotten(id, mistake, this.#mistakes);
    if (isWrong) this.#forgotten++;
    if (isWrong && mistake.how === 'let go of') return;
    this.#due.push({ id, made, since: iteration, closes: !isWrong });
  }

  #letGo(iteration) {
    const { bound, life, sweep } = this.#drawn.lifetime;
    if (bound !== undefined) while (this.#due.length > bound) this.#release();
    else if (iteration % sweep === 0) while (this.#due[0]?.since + life <= iteration) this.#release();
  }

  #release() {
    const { id, made, closes } = this.#due.shift();
    this.#holder.drop(id, made);
    if (closes) this.#drawn.thing.close?.(made);
  }
}
