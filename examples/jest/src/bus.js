const { EventEmitter } = require('node:events');

/** What the whole application listens on. */
const bus = new EventEmitter();
bus.setMaxListeners(0);

/** Takes part until it is closed. */
class Session {
  #update = () => {};

  constructor() {
    bus.on('update', this.#update);
  }

  close() {
    bus.off('update', this.#update);
  }
}

/** What a request does. */
function openAndClose() {
  new Session().close();
}

/** The same with the last step forgotten. */
function openOnly() {
  new Session();
}

module.exports = { bus, Session, openAndClose, openOnly };
