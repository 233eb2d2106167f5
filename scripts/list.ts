import type { ScenarioDescription } from '../harness/model.ts';
import { describe } from '../harness/worker/describe.ts';
import { FORMAT_NAMES } from '../reports/index.ts';
import { builtInScenarios, scenarioFile } from './scenario-files.ts';
import type { Surroundings } from './surroundings.ts';

/** Scenarios with their builds, and the report formats. */
export async function list(surroundings: Surroundings, json: boolean): Promise<number> {
  const scenarios = await describe(builtInScenarios().map(name => scenarioFile(name, surroundings.cwd())));
  const reporters = FORMAT_NAMES;
  surroundings.stdout.write(
    json ? `${JSON.stringify({ scenarios, reporters }, null, 2)}\n` : listing(scenarios, reporters),
  );
  return 0;
}

function listing(scenarios: readonly ScenarioDescription[], reporters: readonly string[]): string {
  const lines = ['Scenarios'];
  for (const { name, description, builds, expect, parameters } of scenarios) {
    const expected = Object.keys(builds).map(build => `${build}: ${expect[build] ?? 'steady'}`);
    const sizes = Object.entries(parameters).map(
      ([parameter, value]) => `${parameter}=${JSON.stringify(value)}`,
    );
    lines.push(`  ${name}`, `    ${description}`, `    builds  ${expected.join(', ')}`);
    if (sizes.length > 0) lines.push(`    --set   ${sizes.join(' ')}`);
  }
  lines.push('Reporters', `  ${reporters.join(', ')}`);
  return `${lines.join('\n')}\n`;
}
