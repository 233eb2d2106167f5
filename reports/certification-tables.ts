import type { Certification, CertifiedBuild, PowerCurve, PowerPoint } from '../harness/model.ts';
import {
  agreementText,
  caughtText,
  growthLabel,
  growthText,
  KIND_TITLES,
  oftenEnoughText,
} from './certification-wording.ts';
import { type Cell, cell, type Table } from './table.ts';

/** One row per kind: the smallest size caught, and what steady runs state. */
export function limitTable(
  { build, curves }: CertifiedBuild,
  { scenario, ...rule }: Pick<Certification, 'scenario' | 'repetitions' | 'share'>,
): Table {
  return {
    title: `${scenario.name} ${build}: smallest leak caught ${oftenEnoughText(rule)}`,
    columns: [
      { title: 'kept', align: 'left' },
      { title: 'caught', align: 'right' },
      { title: 'runs', align: 'right' },
      { title: 'a steady run states', align: 'right' },
      { title: 'agree', align: 'left' },
    ],
    sections: [{ title: '', rows: curves.map(curve => limitRow(curve, scenario.unit)) }],
  };
}

function limitRow(curve: PowerCurve, per: string): readonly Cell[] {
  const { kind, limit, stated, agrees, points } = curve;
  const point = points.find(({ growth }) => growth === limit);
  return [
    cell(kind),
    limit === undefined ? cell('none', 'doubt') : cell(growthText(kind, limit, per)),
    cell(point ? `${point.caught} of ${point.runs}` : '-'),
    cell(stated === undefined ? '-' : growthText(kind, stated, per)),
    cell(agreementText(curve), agrees === undefined ? 'quiet' : agrees ? 'good' : 'bad'),
  ];
}

/** One section per kind, one row per size that was planted. */
export function powerTable({ curves }: CertifiedBuild, per: string): Table {
  return {
    title: `Power: how often each size was caught, per ${per}`,
    columns: [
      { title: 'size', align: 'left' },
      { title: 'caught', align: 'left' },
      { title: 'called a leak', align: 'right' },
      { title: 'share caught', align: 'left' },
    ],
    sections: curves.map(({ kind, points, limit }) => ({
      title: `${kind}: ${KIND_TITLES[kind]}`,
      rows: points.map(point => [
        cell(growthLabel(kind, point.growth)),
        cell(caughtText(point)),
        cell(`${point.leaks} of ${point.runs}`),
        cell(bar(point), limit !== undefined && point.growth >= limit ? 'good' : 'doubt'),
      ]),
    })),
  };
}

const BAR_COLUMNS = 20;

/** The share caught, as long as it is large. */
function bar({ caught, runs }: PowerPoint): string {
  return '█'.repeat(Math.round((caught / Math.max(1, runs)) * BAR_COLUMNS));
}
