import { service } from '../operation';

export const api = service({
	id: 'api',
	title: 'API',
	summary: 'Any call of the DSM Web API, and what the NAS says about itself and the account.',
	apis: '',
	errors: {},
	resources: {},
	triggers: {},
});
