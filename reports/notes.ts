import { formatNumber } from './format.ts';
import { type ScenarioGroup, trialLabel } from './judged.ts';

/**
 * What the scenarios themselves reported, one line per trial that reported anything: `load fixed: sent
 * 10,545, lost 0`.
 */
export function noteLines(groups: readonly ScenarioGroup[]): string[] {
  return groups.flatMap(group =>
    group.trials.flatMap(judged => {
      const notes = Object.entries(judged.result.notes).map(([note, value]) => `${note} ${valueText(value)}`);
      return notes.length === 0 ? [] : [`${group.name} ${trialLabel(judged, group)}: ${notes.join(', ')}`];
    }),
  );
}

function valueText(value: number | string): string {
  return typeof value === 'number' ? formatNumber(value) : value;
}
