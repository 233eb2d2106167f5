import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { UsageError } from '../../harness/errors.ts';
import { CONFIG_FILES, loadConfig } from '../config/config-file.ts';
import { isFile } from '../file-kind.ts';
import { messageOf } from '../message-of.ts';
import type { Surroundings } from '../surroundings.ts';
import { IN_PACKAGES, isWorkspace } from '../workspace.ts';
import { AGREEING, type Dialogue, DialogueEnded, dialogue } from './dialogue.ts';
import { aligned, type Configured, nextSteps } from './next-steps.ts';
import { isServer, type Project, projectIn } from './project.ts';
import {
  configFile,
  isTypeScript,
  moduleScenario,
  scenarioPath,
  serverScenario,
  workflow,
  workflowPath,
} from './templates.ts';

export interface InitRequest {
  /** Take every default instead of asking. Files that are there are kept. */
  readonly yes: boolean;
}

/** Who is asked. */
interface Person {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable;
}

/**
 * Writes into an existing project what it takes to run leakgate: a scenario, a configuration, a workflow.
 * Overwrites nothing without asking. Returns 0, or 130 if the person went away.
 * @throws {UsageError} if there is no package.json, nothing to test is found or named, or nobody can be asked.
 */
export async function init(
  { yes }: InitRequest,
  surroundings: Surroundings,
  person: Person,
): Promise<number> {
  const folder = surroundings.cwd();
  if (!existsSync(join(folder, 'package.json'))) {
    throw new UsageError(`Cannot set a project up as its folder must hold a package.json: ${folder}`);
  }
  if (!yes && !person.stdin.isTTY) {
    throw new UsageError('Cannot ask as standard input must be a terminal; --yes takes every default');
  }
  const asking = yes ? AGREEING : dialogue(person.stdin, person.stdout);
  try {
    await new Setup(folder, asking, surroundings).run();
    return 0;
  } catch (error) {
    if (!(error instanceof DialogueEnded)) throw error;
    surroundings.stderr.write('\nEnded before the last answer: what was written stays\n');
    return 130;
  } finally {
    asking.close();
  }
}

/** What there is under a name: the text meant for it, what somebody else wrote, or nothing. */
type Left = 'text' | 'other' | 'nothing';

class Setup {
  readonly #folder: string;
  readonly #asking: Dialogue;
  readonly #surroundings: Surroundings;
  readonly #project: Project;

  constructor(folder: string, asking: Dialogue, surroundings: Surroundings) {
    this.#folder = folder;
    this.#asking = asking;
    this.#surroundings = surroundings;
    this.#project = projectIn(folder);
  }

  async run(): Promise<void> {
    const project = this.#project;
    const entry = await this.#entry();
    const server = await this.#asking.confirm(
      `Is ${entry} a server, to be asked over HTTP?`,
      isServer(this.#folder, entry),
    );
    const scenario = scenarioPath(entry);
    const left = await this.#write(scenario, server ? serverScenario(entry) : moduleScenario(entry));
    const configured = await this.#configure(scenario);
    await this.#write(workflowPath(project), workflow(project, entry, nodeMajor()));
    if (project.inRepository !== undefined) await this.#ignoreResults();
    if (isTypeScript(entry)) this.#say(typeScriptNote(entry));
    if (project.outside !== undefined) this.#say(outsideNote(project.outside));
    const steps = nextSteps(project, {
      entry,
      server,
      configured,
      ...(left !== 'nothing' && { scenario }),
    });
    if (steps.length > 0) this.#say(aligned(steps));
  }

  async #entry(): Promise<string> {
    const { entry: found } = this.#project;
    for (;;) {
      const entry = await this.#asking.text(
        'Which file is to be tested: one that starts a server, or a module?',
        found,
      );
      const path = entry.split(sep).join('/').replace(/^\.\//, '');
      const isBuiltLater = path === found && this.#project.typeScript;
      if (path !== '' && (isBuiltLater || isFile(join(this.#folder, path)))) return path;
      if (!this.#asking.isPatient) throw noFile(this.#folder);
      this.#say(
        path === '' ? 'Name a file, such as server.js' : `There is no file ${path} in ${this.#folder}`,
      );
    }
  }

  /** A project has one configuration, whatever it is written in. */
  async #configure(scenario: string): Promise<Configured> {
    const config = configFile(this.#project);
    const there = CONFIG_FILES.find(name => existsSync(join(this.#folder, name)));
    const isOther = there !== undefined && there !== config.path;
    if (isOther) this.#say(`kept   ${there}, which was there`);
    const left = isOther ? 'other' : await this.#write(config.path, config.text);
    if (left !== 'other') return { isNamed: left === 'text' };
    const path = there ?? config.path;
    return (await namesScenario(path, scenario, this.#folder))
      ? { isNamed: true }
      : { isNamed: false, toEdit: path };
  }

  async #write(path: string, text: string): Promise<Left> {
    const absolute = join(this.#folder, path);
    const exists = existsSync(absolute);
    if (exists && reading(path, absolute) === text) {
      this.#say(`kept   ${path}, which says so already`);
      return 'text';
    }
    const agreed = exists
      ? await this.#asking.confirm(`${path} is there already: overwrite it?`, false)
      : await this.#asking.confirm(`Write ${path}?`, true);
    if (!agreed) {
      this.#say(exists ? `kept   ${path}, which was there` : `left   ${path} out`);
      return exists ? 'other' : 'nothing';
    }
    writing(path, () => {
      mkdirSync(dirname(absolute), { recursive: true });
      writeFileSync(absolute, text);
    });
    this.#say(`wrote  ${path}`);
    return 'text';
  }

  /** Every run leaves a folder of results. */
  async #ignoreResults(): Promise<void> {
    const path = join(this.#folder, '.gitignore');
    const text = existsSync(path) ? reading('.gitignore', path) : '';
    if (/^\/?out\/?$/m.test(text)) return;
    if (!(await this.#asking.confirm('Add out/, the folder for results, to .gitignore?', true))) return;
    const line = `${text === '' || text.endsWith('\n') ? '' : '\n'}out/\n`;
    writing('.gitignore', () => appendFileSync(path, line));
    this.#say('added  out/ to .gitignore');
  }

  #say(line: string): void {
    this.#surroundings.stdout.write(`${line}\n`);
  }
}

/** Whether a configuration names it; not of one that cannot be used. */
async function namesScenario(path: string, scenario: string, folder: string): Promise<boolean> {
  try {
    const loaded = await loadConfig(path, folder);
    return loaded?.config.scenarios?.includes(join(folder, scenario)) === true;
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}

/** @throws {UsageError} if it cannot be read. */
function reading(path: string, absolute: string): string {
  try {
    return readFileSync(absolute, 'utf8');
  } catch (error) {
    throw new UsageError(`Cannot read ${path} as it must be a file that can be read: ${messageOf(error)}`);
  }
}

/** @throws {UsageError} where `write` throws. */
function writing(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new UsageError(`Cannot write ${path} as its folder must be writable: ${messageOf(error)}`);
  }
}

function outsideNote(outside: string): string {
  return `note   ${outside}, which the workflow will not find: put that file into the repository`;
}

function typeScriptNote(entry: string): string {
  return `note   ${entry} can be imported from Node 22.18 on: before, name in the scenario what a build writes; this is Node ${process.versions.node}`;
}

function noFile(folder: string): UsageError {
  const hint = isWorkspace(folder) ? `; ${IN_PACKAGES}` : '';
  return new UsageError(
    `Cannot write a scenario as there must be a file to test, such as main in package.json or server.js: none was found${hint}`,
  );
}

function nodeMajor(): number {
  return Number(process.versions.node.split('.')[0]);
}
