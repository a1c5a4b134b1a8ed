import { NodeConnectionTypes, type INodeTypeDescription } from 'n8n-workflow';
import type { Service } from '../catalog/operation';
import { canAsk } from './ask';
import { askWebhooks } from './askProperties';
import { actionProperties, triggerProperties } from './properties';
import { firstSentence } from './words';

export { describePush } from './push-properties';

type Derived = Pick<
	INodeTypeDescription,
	'version' | 'group' | 'description' | 'defaults' | 'inputs' | 'outputs' | 'properties'
> &
	Pick<INodeTypeDescription, 'webhooks'>;

/** The part of an action node's description that follows from the catalogue. */
export function describe(service: Service): Derived {
	return {
		version: 1,
		group: ['transform'],
		description: firstSentence(service.summary),
		defaults: { name: `Synology ${service.title}` },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: actionProperties(service),
		...(canAsk(service) && { webhooks: askWebhooks }),
	};
}

/**
 * The part of a poll trigger's description that follows from the catalogue. n8n's node picker shows node and trigger as one, with the
 * description of the trigger: so that says what the service is about.
 */
export function describeTrigger(service: Service): Derived & { polling: true } {
	return {
		version: 1,
		group: ['trigger'],
		description: `${firstSentence(service.summary).replace(/, as the account .*/, '')}, with triggers`,
		defaults: { name: `Synology ${service.title} Trigger` },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		polling: true,
		properties: triggerProperties(service),
	};
}

/** Whether some operations go with the token of a bot. */
export const hasBots = ({ resources }: Service): boolean =>
	Object.values(resources).some(({ operations }) => Object.values(operations).some(({ token }) => token));
