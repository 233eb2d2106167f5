import { EventEmitter } from 'node:events';

/** What the whole application listens on. */
export const bus = new EventEmitter();
bus.setMaxListeners(0);

/** Takes part until it is closed. */
export class Session {
  #update = () => {};

  constructor() {
    bus.on('update', this.#update);
  }

  close() {
    bus.off('update', this.#update);
  }
}

/** What a request does. */
export function openAndClose() {
  new Session().close();
}

/** The same with the last step forgotten. */
export function openOnly() {
  new Session();
}
