import { createHash } from 'node:crypto';
import { below } from './random.mjs';

const PATHS = ['/', '/cart', '/search', '/login', '/orders', '/static/app.js'];

/** Serves one made-up request, some 40 microseconds of parsing, adding up and hashing, and keeps nothing of it. */
export function serve(random) {
  const lines = Array.from({ length: 4 + below(6, random) }, () => ({
    sku: `sku-${below(100_000, random)}`,
    count: 1 + below(9, random),
    price: Math.round(random() * 10_000) / 100,
  }));
  const body = JSON.stringify({ user: below(5000, random), path: PATHS[below(PATHS.length, random)], lines });
  const parsed = JSON.parse(body);
  const total = parsed.lines.reduce((sum, { count, price }) => sum + count * price, 0);
  const etag = createHash('sha1').update(body).digest('base64url');
  return { user: parsed.user, path: parsed.path, body, total, etag };
}
