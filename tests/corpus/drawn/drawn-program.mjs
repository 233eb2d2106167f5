import { drawProgram } from './draw.mjs';
import { Program } from './program.mjs';

export default {
  name: 'drawn-program',
  description:
    'A program that is drawn by the seed, in a build that lets go of all it is done with and one that forgets some',
  builds: { healthy: { forgets: false }, leaky: { forgets: true } },
  expect: { healthy: 'steady', leaky: 'leak' },
  setup: ({ seed, iterations, parameters }) => new Program(drawProgram(seed, iterations), parameters.forgets),
  iterate: (program, iteration) => program.run(iteration),
  teardown: program => ({ program: program.text() }),
};
