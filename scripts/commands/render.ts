import type { ChartsRequest } from '../charts.ts';
import { pixels } from '../option-values.ts';
import type { CommandLine } from './command-line.ts';

/** Adds `render` to the command line. */
export function addRender({ program, surroundings, done }: CommandLine): void {
  program
    .command('render')
    .description(
      'show saved reports or a certification again and redraw their charts, without a new run; several reports stand side by side',
    )
    .argument(
      '[report...]',
      'report.json, certification.json, or its folder (default: the newest run in out/)',
    )
    .option('--format <name>', 'print this format instead (see list)')
    .option('--chart <name>', 'what to draw: heap, timers, handles or all (default: heap)')
    .option('--trend <folder>', 'draw how growth went over the reports in this folder instead')
    .option('--width <pixels>', 'of the chart', pixels(400))
    .option('--height <pixels>', "of one scenario's panels", pixels(100))
    .option('--dark', 'light lines on a dark ground')
    .option('--out <folder>', "folder for what is drawn (default: the last report's)")
    .action(async (reports: string[], options: Omit<ChartsRequest, 'reports'>) => {
      const { charts } = await import('../charts.ts');
      done(charts({ ...options, reports }, surroundings));
    });
}
