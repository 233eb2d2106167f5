import { spawn } from 'node:child_process';

export default {
  name: 'orphan',
  setup: () => spawn(process.execPath, ['-e', 'setTimeout(() => {}, 20000)'], { stdio: 'inherit' }),
  iterate: () => {},
  teardown: child => ({ pid: child.pid }),
};
