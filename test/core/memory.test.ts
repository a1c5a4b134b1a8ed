import { expect, test } from '@jest/globals';
import { withNas } from '../support/nas';

test('what is kept for a connection is shared by all its views, and by no other connection', async () => {
	await withNas({}, async ({ dsm, acquire }) => {
		dsm.with({ share: true }).memory.set('list', [1]);
		expect(dsm.with({ readOnly: true }).memory.get('list')).toEqual([1]);
		expect(acquire().dsm.memory.get('list')).toEqual([1]);
		const other = acquire({ account: 'bob', password: 'bob-Passw0rd' });
		expect(other.dsm.memory.get('list')).toBeUndefined();
	});
});
