import type { Samples } from '../../catalog/samples';

export const samples: Samples = {
	'*': { user_name: 'bob', group_name: 'users', user_names: ['bob'], entity_name: 'bob', address: '198.51.100.7' },
};
