import { describe, expect, test } from '@jest/globals';
import { addressOf } from '../../../src/services/drive/lib/address';
import { failure, withNas } from '../../support/nas';
import { file } from './support';

const LINK = '10XRjCRrEd3loz5AcLsoUl9vzLKSq7tF';

describe('a file or folder', () => {
	test.each([
		['/mydrive', '/mydrive'],
		['/mydrive/', '/mydrive'],
		['/mydrive/a b/c,d "e".txt ', '/mydrive/a b/c,d "e".txt '],
		['/team-folders/Family/x', '/team-folders/Family/x'],
		['/shared-with-me/offer.txt', '/shared-with-me/offer.txt'],
		['/volumes/volume1/docs/a', '/volumes/volume1/docs/a'],
		['/mydrive/u\u0308', '/mydrive/\u00fc'],
		['846602240362853366', 'id:846602240362853366'],
		['id:846602240362853366/new.txt', 'id:846602240362853366/new.txt'],
		[LINK, `link:${LINK}`],
		[`link:${LINK}`, `link:${LINK}`],
		[`https://nas.example.com/d/f/${LINK}`, `link:${LINK}`],
		[`http://nas:5000/drive/d/s/${LINK}/OXSIz8jD`, `link:${LINK}`],
		[`https://nas.example.com/oo/r/${LINK}#tid=1`, `link:${LINK}`],
		['https://nas.example.com/drive/#file_id=846602240362853366', 'id:846602240362853366'],
	])('is named by %j', (given, address) => {
		expect(addressOf(given)).toBe(address);
	});

	test.each([
		'',
		'docs/plan.txt',
		'/docs/plan.txt',
		'42',
		'id:abc',
		'/mydrivex',
		'https://nas.example.com/d/r/x/y',
		'link:short',
	])('is not named by %j, and nothing is sent', async (given) => {
		await withNas({}, async ({ dsm, simulator }) => {
			const error = await failure(dsm.do(file.get, { path: given }));
			expect([error.name, error.message, simulator.requests.length]).toEqual([
				'DsmInputError',
				expect.stringMatching(/^"File" does not fit: (".*"|it) is no place in Drive: give a path such as \/mydrive/),
				0,
			]);
		});
	});

	test('is found by path, ID, permanent link and pasted address alike', async () => {
		await withNas({}, async ({ dsm }) => {
			const plan = await dsm.do(file.get, { path: '/mydrive/docs/plan.txt' });
			const ways = [
				plan.file_id,
				`id:${plan.file_id}`,
				plan.permanent_link!,
				`https://nas.example.com/d/f/${plan.permanent_link}`,
			];
			for (const way of ways)
				expect((await dsm.do(file.get, { path: way })).display_path).toBe('/mydrive/docs/plan.txt');
		});
	});

	test('that is not there says where to look', async () => {
		await withNas({}, async ({ dsm }) => {
			const error = await failure(dsm.do(file.get, { path: '/mydrive/nothing' }));
			expect([error.dsmCode, error.message, error.hint]).toEqual([
				1003,
				'There is no such file or folder in Drive: get file information failed (code 1003).',
				expect.stringContaining('Check the path or ID.'),
			]);
		});
	});
});
