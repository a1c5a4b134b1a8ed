import type { Simulator } from '../../src/simulator';
import { systemOf } from '../../src/simulator/services/system';
import type { SystemStory } from '../support/system-stories';
import { received, trigger, until, type FlowNode } from './runtime';

/** A value of the form, as the node keeps it. */
export const typed = (value: unknown) => ({
	type: typeof value === 'number' ? 'num' : typeof value === 'boolean' ? 'bool' : 'str',
	value: String(value),
});

/** The trigger node that a story is about. */
export const triggerOf = ({ event, params, picked }: SystemStory): FlowNode =>
	trigger(Object.fromEntries(Object.entries({ ...params, ...picked }).map(([name, value]) => [name, typed(value)])), {
		type: 'synology-system-trigger',
		trigger: event,
	});

/** What the story is about happens, after what comes first was seen. */
export async function happening(story: SystemStory, simulator: Simulator): Promise<void> {
	const system = systemOf(simulator.nas);
	if (story.first) {
		const looks = () => simulator.requests.length + simulator.nas.refused;
		const before = looks();
		story.first(system);
		// A look has ended when the next one has begun; one at a NAS that is off takes four attempts.
		await until(() => looks() >= before + 5, 'the looks before');
	}
	story.happen(system);
	await until(() => received('out').length > 0, story.event);
}
