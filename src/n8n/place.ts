import type { IPollFunctions } from 'n8n-workflow';
import type { NodeStore } from '../host/places';

/** Place of a trigger node in its workflow, as one text: n8n watches stored objects for changes by putting a mark of its own into each of them. */
export function staticPlace(context: Pick<IPollFunctions, 'getWorkflowStaticData'>): NodeStore {
	const data = () => context.getWorkflowStaticData('node');
	return {
		load: async () => await Promise.resolve(data()['state']),
		save: async (value) => await Promise.resolve(void (data()['state'] = value && JSON.stringify(value))),
	};
}
