import { describe, expect, test } from '@jest/globals';
import { webdav } from '../../../src/services/webdav';
import { withNas } from '../../support/nas';

const { info } = webdav.resources;

describe('WebDAV Server', () => {
	test('says which NAS it runs on', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const { model } = simulator.nas.capabilities;
			expect(await dsm.do(info.operations.get, {})).toMatchObject({ model });
			expect(simulator.requests.at(-1)).toMatchObject({ api: 'SYNO.DSM.Info', method: 'getinfo', version: 2 });
		});
	});
});
