/**
 * A drawing surface of braille characters: each character cell holds 2 x 4 dots (Unicode 2800 to 28FF, one bit a dot).
 * @module
 */

/** One character cell; `owner` is the line that came first here, -1 where nothing was drawn. */
export interface BrailleCell {
  readonly character: string;
  readonly owner: number;
}

export interface BrailleLine {
  /** Ordered by x. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** Only every other pair of dots is drawn. */
  readonly dashed: boolean;
}

export interface BrailleFrame {
  readonly columns: number;
  readonly rows: number;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** Draws lines over each other, what lies outside the frame on its edge; rows from the top down. */
export function braillePlot(
  lines: readonly BrailleLine[],
  frame: BrailleFrame,
): readonly (readonly BrailleCell[])[] {
  const cells = Array.from({ length: frame.rows }, () =>
    Array.from({ length: frame.columns }, () => ({ dots: 0, owner: -1 })),
  );
  for (const [owner, line] of lines.entries()) {
    for (const { column, row } of dotsOf(line, frame)) {
      const cell = cells[Math.floor(row / 4)]?.[Math.floor(column / 2)];
      if (cell === undefined) continue;
      cell.dots |= DOTS[row % 4]?.[column % 2] ?? 0;
      if (cell.owner === -1) cell.owner = owner;
    }
  }
  return cells.map(row =>
    row.map(({ dots, owner }) => ({
      character: dots === 0 ? ' ' : String.fromCharCode(0x2800 + dots),
      owner,
    })),
  );
}

/** Bits of a cell's dots by row and column (Unicode chapter 21.1, braille patterns). */
const DOTS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;

interface Dot {
  readonly column: number;
  readonly row: number;
}

function dotsOf(line: BrailleLine, frame: BrailleFrame): readonly Dot[] {
  const places = line.points.map(point => ({
    column: place(point.x, frame.x, frame.columns * 2),
    row: frame.rows * 4 - 1 - place(point.y, frame.y, frame.rows * 4),
  }));
  const dots = places.flatMap((from, at) => segment(from, places[at + 1] ?? from));
  return line.dashed ? dots.filter(dot => dot.column % 4 < 2) : dots;
}

function place(value: number, [low, high]: readonly [number, number], dots: number): number {
  const share = high === low ? 0 : (Math.min(high, Math.max(low, value)) - low) / (high - low);
  return Math.round(share * (dots - 1));
}

function segment(from: Dot, to: Dot): readonly Dot[] {
  const steps = Math.max(Math.abs(to.column - from.column), Math.abs(to.row - from.row), 1);
  return Array.from({ length: steps + 1 }, (_, step) => ({
    column: Math.round(from.column + ((to.column - from.column) * step) / steps),
    row: Math.round(from.row + ((to.row - from.row) * step) / steps),
  }));
}
