// The alias package has no declarations of its own, and those published for its ancestor are wrong.
declare module 'memwatch-next' {
  const memwatch: import('./memwatch.ts').Memwatch;
  export = memwatch;
}
