/** Takes its time over each iteration. */
import { setTimeout as delay } from 'node:timers/promises';

export default {
  name: 'slow',
  iterate: () => delay(100),
};
