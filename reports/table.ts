/** What a piece of text means to the reader; reporters choose the colour. */
export type Tone = 'bad' | 'good' | 'doubt' | 'quiet' | 'plain';

export interface Cell {
  readonly text: string;
  readonly tone: Tone;
}

/** A table as plain data, drawn by the terminal, Markdown and HTML reporters. */
export interface Table {
  readonly title: string;
  readonly columns: readonly { readonly title: string; readonly align: 'left' | 'right' }[];
  readonly sections: readonly Section[];
}

/** Rows that belong together, for example the builds of one scenario. */
export interface Section {
  /** Empty: the rows stand without a title. */
  readonly title: string;
  readonly rows: readonly (readonly Cell[])[];
}

export function cell(text: string, tone: Tone = 'plain'): Cell {
  return { text, tone };
}

/** The table without the columns in which no cell has anything to say. */
export function withoutEmptyColumns(table: Table): Table {
  const rows = table.sections.flatMap(section => section.rows);
  const kept = table.columns.map((_, at) => rows.some(row => row[at] !== undefined && row[at].text !== ''));
  return {
    title: table.title,
    columns: table.columns.filter((_, at) => kept[at]),
    sections: table.sections.map(section => ({
      title: section.title,
      rows: section.rows.map(row => row.filter((_, at) => kept[at])),
    })),
  };
}
