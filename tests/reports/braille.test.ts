import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BrailleFrame, type BrailleLine, braillePlot } from '../../reports/braille.ts';

const FRAME: BrailleFrame = { columns: 4, rows: 2, x: [0, 7], y: [0, 7] };

describe('a braille plot', () => {
  test('a diagonal runs from the lower left to the upper right', () => {
    expect(
      drawn([
        {
          points: [
            { x: 0, y: 0 },
            { x: 7, y: 7 },
          ],
          dashed: false,
        },
      ]),
    ).toEqual(['  ⡠⠊', '⡠⠊  ']);
  });

  test('a flat line at the bottom fills the lowest dots only, a dashed one every other pair', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 7, y: 0 },
    ];
    expect(drawn([{ points, dashed: false }])).toEqual(['    ', '⣀⣀⣀⣀']);
    expect(drawn([{ points, dashed: true }])).toEqual(['    ', '⣀ ⣀ ']);
  });

  test('a cell that two lines share belongs to the first and shows the dots of both', () => {
    const low: BrailleLine = {
      points: [
        { x: 0, y: 0 },
        { x: 7, y: 0 },
      ],
      dashed: false,
    };
    const rise: BrailleLine = {
      points: [
        { x: 0, y: 0 },
        { x: 7, y: 7 },
      ],
      dashed: false,
    };
    const rows = braillePlot([low, rise], FRAME);
    expect(rows[1]?.map(cell => cell.owner)).toEqual([0, 0, 0, 0]);
    expect(rows[0]?.map(cell => cell.owner)).toEqual([-1, -1, 1, 1]);
    expect(rows[1]?.map(cell => cell.character).join('')).toBe('⣠⣊⣀⣀');
  });

  test('whatever the points, every row is as wide as the frame and every reading leaves a dot', () => {
    const point = fc.record({ x: fc.double({ noNaN: true }), y: fc.double({ noNaN: true }) });
    const frame = fc.record({
      columns: fc.integer({ min: 1, max: 30 }),
      rows: fc.integer({ min: 1, max: 12 }),
    });
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 8 }), frame, (points, size) => {
        const rows = braillePlot([{ points, dashed: false }], { ...size, x: [-10, 10], y: [-1, 1] });
        expect(rows).toHaveLength(size.rows);
        expect(rows.every(row => row.length === size.columns)).toBe(true);
        expect(rows.flat().some(cell => cell.owner === 0)).toBe(true);
      }),
      { seed: 11, numRuns: 200 },
    );
  });
});

function drawn(lines: readonly BrailleLine[]): readonly string[] {
  return braillePlot(lines, FRAME).map(row => row.map(cell => cell.character).join(''));
}
