import { bus, Session } from '../src/bus.js';

export default {
  name: 'session',
  unit: 'session',
  setup: () => bus,
  iterate: emitter => {
    const session = new Session();
    emitter.emit('update');
    session.close();
  },
};
