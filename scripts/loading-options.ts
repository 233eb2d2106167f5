import { OPTION_RULES } from '../harness/check-options.ts';
import { inMilliseconds } from '../harness/duration.ts';
import { UsageError } from '../harness/errors.ts';
import type { GivenOptions } from '../harness/model.ts';
import type { DescribeOptions } from '../harness/spawn/describe.ts';
import { checkNodeFlags } from './node-flags.ts';

/**
 * Of what all trials were given, that under which scenarios are asked what they are: a module may need the flags to be
 * loaded, and time. What else is wrong with the options is told when the trials are planned.
 * @throws {UsageError} if the flags are no list of flags, or Node does not accept them.
 */
export function loadingOptions(given: GivenOptions): Pick<DescribeOptions, 'nodeFlags' | 'deadline'> {
  const { nodeFlags } = given;
  const { deadline } = inMilliseconds(given);
  if (nodeFlags !== undefined) {
    const { is, holds } = OPTION_RULES.nodeFlags;
    if (!holds(nodeFlags))
      throw new UsageError(
        `Cannot use the option nodeFlags as it must be ${is}: current value is ${JSON.stringify(nodeFlags)}`,
      );
    checkNodeFlags([nodeFlags]);
  }
  return { nodeFlags, deadline: OPTION_RULES.deadline.holds(deadline) ? deadline : undefined };
}
