import { service } from '../../catalog/operation';
import { callResource } from './operations/call';
import { devices } from './operations/device';
import { nas } from './operations/nas';

export const api = service({
	id: 'api',
	title: 'API',
	summary: 'Any call of the DSM Web API, and what the NAS says about itself and the account.',
	apis: '',
	errors: {},
	resources: { call: callResource, nas, device: devices },
	triggers: {},
});
