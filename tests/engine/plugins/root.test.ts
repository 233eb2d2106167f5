import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, setUp } from '../support.ts';

describe('root', () => {
  test('sets the folder, relative to the Corefile', async () => {
    const folder = folderWith({ 'zones/x': '' });
    const { block, lines } = await setUp('. {\n root zones\n}', { folder });
    expect(block.config.root).toBe(join(folder, 'zones'));
    expect(lines).toEqual([]);
  });

  test('takes an absolute folder as it is', async () => {
    const folder = folderWith();
    const { block } = await setUp(`. {\n root ${folder}\n}`);
    expect(block.config.root).toBe(folder);
  });

  test('only warns of a folder that does not exist', async () => {
    const { lines } = await setUp('. {\n root missing\n}');
    expect(lines).toEqual(['warning plugin/root: Root path does not exist: /nowhere/missing']);
  });

  test('without it, the folder of the Corefile is the root', async () => {
    expect((await setUp('. {\n whoami\n}')).block.config.root).toBe('/nowhere');
  });

  test.each(['root', 'root a b'])('refuses `%s`', async line => {
    await expect(setUp(`. {\n ${line}\n}`)).rejects.toThrow(
      /^plugin\/root: .*:2 - Error during parsing: Wrong argument count/,
    );
  });
});
