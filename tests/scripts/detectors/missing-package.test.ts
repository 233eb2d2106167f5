import { expect, test } from 'vitest';
import { missingPackage } from '../../../scripts/detectors/missing-package.ts';

test('says how to install a package that is not there', () => {
  const reason = missingPackage('no-such-package', 'no-such-package@1.2.3');
  expect(reason).toBe('not installed: npm i --no-save --ignore-scripts no-such-package@1.2.3');
});

test('says nothing of a package that is there', () => {
  expect(missingPackage('vitest', 'vitest@4.1.12')).toBeUndefined();
});
