import { LIES } from '../../src/simulator';
import type { TriggerStory } from './trigger-suite';

/** What a NAS, a host or a network does. A failing history is told in these words. */
const STEPS = [
	...['it happens', 'it happens', 'it happens', 'it happens', 'something else happens'],
	...['what happened is edited', 'what happened is moved', 'what happened is deleted'],
	...['a poll', 'a poll', 'two polls in a row', 'little time for a poll'],
	...['the session is lost', 'the NAS is busy for a poll', 'a proxy answers for a poll', 'the NAS restarts'],
	...['an hour passes', 'the NAS sets its clock ahead', 'the NAS sets its clock back'],
	...['the host sets its clock ahead', 'the host sets its clock back'],
	'the host crashes before the place is saved',
	...['first', 'second', 'third'].map((nth) => `the host crashes at the ${nth} event`),
	...['first', 'second', 'third'].map((nth) => `the host crashes at the ${nth} request`),
	...['first', 'second'].map((nth) => `the flow fails at the ${nth} event`),
	...['the host starts anew', 'the place cannot be saved'],
	...Object.keys(LIES).map((lie) => `the NAS lies: ${lie}`),
] as const;

/** The client waits and tries again: not for what the time itself makes happen. */
const TAKES_TIME =
	/^(the session is lost|the NAS is busy|a proxy answers|an hour passes|the NAS restarts|.* request$|.* sets its clock)/;

/** The steps that a story can play. */
export function stepsFor(
	story: Pick<
		TriggerStory<never, never, never>,
		'edit' | 'move' | 'delete' | 'pause' | 'goesByClock' | 'isFleeting' | 'isRestart'
	>,
): string[] {
	const { edit, move, delete: deleted } = story;
	const absent = [!edit && 'edited', !move && 'moved', !deleted && 'deleted'].filter(Boolean);
	return STEPS.filter((step) => story.pause !== 0 || !TAKES_TIME.test(step))
		.filter((step) => !story.isRestart || step !== 'the NAS restarts')
		.filter((step) => !story.goesByClock || !step.includes('sets its clock'))
		.filter((step) => !story.isFleeting || !step.startsWith('the NAS sets its clock'))
		.filter((step) => !absent.some((word) => step === `what happened is ${word}`));
}
