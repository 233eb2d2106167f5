import type { Finding, Report, SourcePosition } from '../harness/model.ts';
import { type CiCase, ciCases, problems } from './ci-case.ts';
import { type CiEvidence, evidenceOf, frameOf, positionText } from './ci-evidence.ts';
import { AS_GIVEN, fileOf, type Place, type PlaceOptions, placeOf, placeOfCase, uriOf } from './ci-places.ts';
import { printable } from './printable.ts';
import { RULES, type RuleId, ruleOfEvidence, ruleOfFinding } from './sarif-rules.ts';
import { findingText } from './wording.ts';

/**
 * SARIF 2.1.0 (OASIS): a result for each thing that an unexpected leak keeps, at the line of the program that
 * created it or what holds it, or at the scenario where that is not known; faults where the program threw;
 * leaks that were not caught and inconclusive verdicts at the scenario.
 */
export function renderSarif(report: Report, options: PlaceOptions = AS_GIVEN): string {
  const shown = printable(report);
  const { environment, exitCode } = shown;
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'leakgate', version: environment.leakgate, rules: RULES } },
        automationDetails: { id: 'leakgate/' },
        invocations: [
          {
            executionSuccessful: exitCode !== 2,
            exitCode,
            commandLine: ['leakgate', ...environment.command].join(' '),
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: problems(ciCases(report)).flatMap(one => resultsOf(shown, placed(one, shown), options)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/**
 * GitHub refuses a whole file with one result that is nowhere: what concerns the run as such stands at its
 * first scenario.
 */
function placed(one: CiCase, { scenarios }: Report): CiCase {
  return one.path === '' ? { ...one, path: scenarios[0]?.path ?? 'package.json' } : one;
}

function resultsOf(report: Report, one: CiCase, options: PlaceOptions): readonly object[] {
  const evidence = one.state === 'leaked' ? evidenceOf(report, one) : [];
  if (evidence.length > 0) return evidence.map(item => evidenceResult(one, item, options));
  const found = one.state === 'leaked' ? byRule(one) : [];
  if (found.length > 0) return found.map(([rule, text]) => plainResult(one, rule, text, options));
  return [plainResult(one, ruleOf(one), one.facts.join('; ') || one.summary, options)];
}

function ruleOf({ state, trials }: CiCase): RuleId {
  if (state === 'undecided') return 'inconclusive';
  if (state === 'not-caught') return 'leak-not-caught';
  return trials.length === 0 ? 'harness' : 'fault';
}

/** What grew, by rule, where nobody looked for who holds it. */
function byRule({ trials, per }: CiCase): readonly (readonly [RuleId, string])[] {
  const leaks = trials.filter(({ asExpected }) => !asExpected).flatMap(({ verdict }) => findingsOf(verdict));
  const rules = [...new Set(leaks.map(({ metric }) => ruleOfFinding(metric)))];
  return rules.map(rule => {
    const texts = leaks
      .filter(({ metric }) => ruleOfFinding(metric) === rule)
      .map(finding => findingText(finding, per));
    return [rule, [...new Set(texts)].join(', ')] as const;
  });
}

function findingsOf(verdict: CiCase['trials'][number]['verdict']): readonly Finding[] {
  return verdict.outcome === 'leak' ? verdict.findings : [];
}

function plainResult(one: CiCase, rule: RuleId, text: string, options: PlaceOptions): object {
  return {
    ...common(one, rule),
    message: { text: `${one.scenario} ${one.build}: ${text} (${one.summary})` },
    locations: [location(placeOfCase(one, options) ?? { file: fileOf(one.path, options) })],
  };
}

function evidenceResult(one: CiCase, item: CiEvidence, options: PlaceOptions): object {
  const rule = ruleOfEvidence(item.kind);
  const frame = frameOf(item);
  const place = frame ? placeOf(frame, options) : { file: fileOf(one.path, options) };
  return {
    ...common(one, rule, item.identity),
    message: { text: [`${one.scenario} ${one.build}: ${item.text}`, ...item.held].join('; ') },
    locations: [location(place)],
    ...(item.created.length > 1 && { stacks: [stack(item.created, options)] }),
  };
}

/** Only what is certain has a level: of an inconclusive run SARIF says that the question is open (3.27.9, 3.27.10). */
function common({ scenario, build, state }: CiCase, rule: RuleId, what: string = rule): object {
  return {
    ruleId: rule,
    ruleIndex: RULES.findIndex(({ id }) => id === rule),
    ...(state === 'undecided' ? { kind: 'open', level: 'none' } : { kind: 'fail', level: 'error' }),
    // Rates change from run to run; what is kept, and in which scenario, does not.
    partialFingerprints: { 'leakgate/v1': [scenario, build, rule, what].join('/') },
  };
}

function stack(frames: readonly SourcePosition[], options: PlaceOptions): object {
  return {
    message: { text: 'Where it was created, innermost first' },
    frames: frames.map(frame => ({
      location: { ...location(placeOf(frame, options)), message: { text: positionText(frame) } },
    })),
  };
}

function location(place: Place): object {
  const { line, column } = place;
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(place) },
      region: { startLine: line ?? 1, ...(column !== undefined && { startColumn: column }) },
    },
  };
}
