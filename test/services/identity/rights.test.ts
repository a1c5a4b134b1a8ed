import { describe, expect, test } from '@jest/globals';
import { sampleParams } from '../../../src/build/samples';
import { idOf, type AnyOperation, type AnyTrigger, type Resource } from '../../../src/catalog/operation';
import { findOperation, rightOf, serviceOf } from '../../../src/services';
import { identity } from '../../../src/services/identity';
import { webdav } from '../../../src/services/webdav';
import { failure, withNas } from '../../support/nas';
import { operations, stage } from './stage';

describe('the least right', () => {
	test('is what a declaration says, else its service, else what the application needs', () => {
		expect(rightOf('identity.user.list')).toBe('administrator');
		expect(rightOf('identity.signedIn')).toBe('administrator');
		expect(rightOf('identity.own.get')).toBe('account');
		expect(rightOf('system.homeMode.enable')).toBe('privilege');
		expect(rightOf('system.nasReachable')).toBe('account');
		expect(rightOf('chat.message.send')).toBe('privilege');
		expect(rightOf('drive.server.getStatus')).toBe('administrator');
		expect(rightOf('chat.nothing.there')).toBeUndefined();
	});

	test('is named where the NAS refuses, also in a service that others may use', async () => {
		await withNas({ account: 'user' }, async ({ dsm }) => {
			for (const id of ['drive.server.getStatus', 'identity.policy.getExpiry'])
				expect(await failure(dsm.do(findOperation(id), {}))).toMatchObject({
					code: 'permission',
					hint: expect.stringContaining('It takes an administrator: use an account of the group administrators'),
				});
		});
	});
});

const operationsOf = ({ resources }: { resources: Record<string, Resource> }): AnyOperation[] =>
	Object.values(resources).flatMap((one) => Object.values(one.operations) as AnyOperation[]);

const services = [identity, webdav];
const every: (AnyOperation | AnyTrigger)[] = services.flatMap((service) => [
	...operationsOf(service),
	...(Object.values(service.triggers) as AnyTrigger[]),
]);
const forAdministrators = services.flatMap(operationsOf).filter((one) => rightOf(idOf(one)) === 'administrator');

describe('every row of Identity and WebDAV Server', () => {
	test('says in its summary when it needs an administrator, and only then', () => {
		const said = every.filter(({ summary }) => summary.includes('Needs an administrator.'));
		const needed = every.filter((one) => rightOf(idOf(one)) === 'administrator');
		expect(needed.length).toBeGreaterThanOrEqual(100);
		expect(said.map(idOf)).toEqual(needed.map(idOf));
	});

	test('says in its summary that every account may do it only where no privilege is needed', () => {
		const said = every.filter(({ summary }) => /every account may|needs no rights/i.test(summary));
		expect(said.length).toBeGreaterThanOrEqual(20);
		expect(said.filter((one) => rightOf(idOf(one)) !== 'account').map(idOf)).toEqual([]);
	});

	test.each(forAdministrators.map((one) => [idOf(one), one] as const))(
		'is refused to an ordinary account with what it needs: %s',
		async (_, operation) => {
			await withNas({ account: 'user' }, async ({ dsm }) => {
				const params = sampleParams(idOf(operation), operation.params);
				// Nobody disables or deletes the account that the connection itself uses.
				if ('user_name' in params) params['user_name'] = 'carol';
				const error = await failure(dsm.do(operation, params as never));
				expect(error).toMatchObject({ code: 'permission' });
				expect(`${error.message} ${String(error['hint'])}`).toContain('an administrator');
			});
		},
	);
});

describe('what every account may do for itself', () => {
	test('is no matter of an administrator when the NAS refuses it', async () => {
		await withNas({ account: 'user' }, async ({ dsm, simulator }) => {
			simulator.nas.faults.next({ api: 'SYNO.Core.NormalUser', code: 105 });
			const error = await failure(dsm.do(operations.own.update, { email: 'bob@example.com' }));
			expect(error).toMatchObject({ code: 'permission', dsmCode: 105 });
			expect(error.message).toContain('The NAS does not let the account do this for itself');
			expect(error['hint']).toContain('No administrator is needed as a rule');
		});
	});
});

describe('an API', () => {
	test.each([
		['SYNO.Core.User', 'identity'],
		['SYNO.Core.Security.AutoBlock.Rules', 'identity'],
		['SYNO.Core.SecurityScan.Status', 'system'],
		['SYNO.Core.CurrentConnection', 'system'],
		['SYNO.Chat.Post', 'chat'],
	])('%s belongs to the service that names it best: %s', (api, service) => {
		expect(serviceOf(api)?.id).toBe(service);
	});

	test('of nobody belongs to none', () => {
		expect(serviceOf('SYNO.Unknown.Api')).toBeUndefined();
	});
});

describe('a connection whose password is not right any more', () => {
	test('changes nothing that the NAS wants confirmed', async () => {
		await withNas({}, async (scene) => {
			const { acquire } = scene;
			const stored = await scene.lease.export();
			const other = acquire({ password: 'changed-meanwhile' }, { resume: { session: stored } });
			const error = await failure(other.dsm.do(operations.group.create, { name: 'sales' }));
			expect(error).toMatchObject({ dsmCode: 400 });
			expect(stage(scene).groups.map(({ name }) => name)).not.toContain('sales');
		});
	});
});
