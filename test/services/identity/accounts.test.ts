import { describe, expect, test } from '@jest/globals';
import { failure, withNas } from '../../support/nas';
import { operations, stage } from './stage';

const { user, group, privilege } = operations;

describe('a new colleague', () => {
	test('gets an account, joins a group, and signs in', async () => {
		await withNas({}, async (scene) => {
			const { dsm, acquire, simulator } = scene;
			const made = await dsm.do(user.create, { name: 'dora', password: 'Welcome-2027', email: 'dora@example.com' });
			expect(made).toEqual({ name: 'dora', uid: String(simulator.nas.user('dora').uid) });
			await dsm.do(group.create, { name: 'sales', description: 'Everybody in sales' });
			await dsm.do(group.addMembers, { group_name: 'sales', user_names: ['dora', 'bob'] });
			expect((await dsm.do(group.listMembers, { group_name: 'sales' })).map(({ name }) => name)).toEqual([
				'bob',
				'dora',
			]);
			expect(await dsm.do(user.get, { user_name: 'dora' })).toMatchObject({
				email: 'dora@example.com',
				expired: 'normal',
				groups: ['users', 'sales'],
				two_factor_status: false,
				password_last_change: new Date(simulator.nas.clock.now()).toISOString().slice(0, 10),
			});
			const { dsm: hers } = acquire({ account: 'dora', password: 'Welcome-2027' });
			expect(await hers.do(operations.own.get, {})).toMatchObject({ user_name: 'dora' });
			await dsm.do(group.removeMembers, { group_name: 'sales', user_names: ['dora'] });
			expect((await dsm.do(group.listMembers, { group_name: 'sales' })).map(({ name }) => name)).toEqual(['bob']);
		});
	});

	test('who leaves is disabled, and cannot sign in until enabled again', async () => {
		await withNas({}, async ({ dsm, acquire, simulator }) => {
			await dsm.do(user.disable, { user_name: 'bob' });
			expect(await dsm.do(user.get, { user_name: 'bob' })).toMatchObject({ expired: 'now' });
			const { password } = simulator.nas.user('bob');
			const error = await failure(acquire({ account: 'bob', password }).dsm.do(operations.own.get, {}));
			expect(error).toMatchObject({ code: 'login', dsmCode: 401 });
			await dsm.do(user.enable, { user_name: 'bob' });
			const again = acquire({ account: 'bob', password, deviceName: 'again' }).dsm;
			expect(await again.do(operations.own.get, {})).toMatchObject({ user_name: 'bob' });
		});
	});

	test('leaves on a day that goes out as DSM writes days', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			await dsm.do(user.setExpiry, { user_name: 'bob', day: '2027-01-05' });
			expect(await dsm.do(user.get, { user_name: 'bob' })).toMatchObject({ expired: '2027/1/5' });
			const before = simulator.requests.length;
			expect((await failure(dsm.do(user.setExpiry, { user_name: 'bob', day: '2027-02-30' }))).message).toBe(
				'"Day" does not fit: "2027-02-30" is no day of the calendar.',
			);
			expect(simulator.requests).toHaveLength(before);
		});
	});
});

describe('users', () => {
	test('are renamed and keep their number, and what is not given stays', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const { uid, email } = simulator.nas.user('bob');
			const changed = await dsm.do(user.update, { user_name: 'bob', new_name: 'robert', description: 'Sales' });
			expect(changed).toEqual({ name: 'robert', uid: String(uid) });
			expect(await dsm.do(user.get, { user_name: 'robert' })).toMatchObject({ email, description: 'Sales' });
		});
	});

	test('are not changed when nothing is given', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			expect((await failure(dsm.do(user.update, { user_name: 'bob' }))).message).toContain(
				'There is nothing to change',
			);
			expect(simulator.requests).toEqual([]);
		});
	});

	test('are deleted, but never the one of the connection', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			for (const operation of [user.delete, user.disable])
				expect((await failure(dsm.do(operation, { user_name: 'Alice' }))).message).toContain(
					'"Alice" is the account of this connection',
				);
			await dsm.do(user.delete, { user_name: 'bob' });
			expect(simulator.nas.users.has('bob')).toBe(false);
			expect(simulator.nas.users.has('alice')).toBe(true);
		});
	});

	test('that are not there have a name in the error', async () => {
		await withNas({}, async ({ dsm }) => {
			expect(await failure(dsm.do(user.get, { user_name: 'nobody' }))).toMatchObject({
				message: 'There is no such user (code 3106).',
				dsmCode: 3106,
			});
		});
	});

	test('of a domain are asked for by its name', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			expect(await dsm.do(user.list, { type: 'domain', domain_name: 'EXAMPLE' })).toEqual([]);
			expect(simulator.requests.at(-1)!.params).toMatchObject({ type: 'domain', domain_name: 'EXAMPLE' });
			expect((await dsm.do(user.list, {})).map(({ name }) => name)).toContain('carol');
		});
	});

	test('who lost the phone sign in without a second factor', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			expect(await dsm.do(user.get, { user_name: 'twofactor' })).toMatchObject({ two_factor_status: true });
			await dsm.do(user.clearTwoFactor, { user_name: 'twofactor' });
			expect(simulator.nas.user('twofactor').otpSecret).toBeUndefined();
		});
	});
});

describe('the password', () => {
	const confirmations = (requests: readonly { api: string }[]) =>
		requests.filter(({ api }) => api === 'SYNO.Core.User.PasswordConfirm').length;

	test('is confirmed when the NAS asks for it, once for several writes', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			await dsm.do(group.create, { name: 'one' });
			await dsm.do(group.create, { name: 'two' });
			expect(confirmations(simulator.requests)).toBe(1);
		});
	});

	test.each([402, 403])('is confirmed anew when the NAS answers %i to an old confirmation', async (confirmCode) => {
		await withNas({}, async (scene) => {
			const { dsm, simulator } = scene;
			Object.assign(stage(scene).switches, { confirmCode });
			await dsm.do(group.create, { name: 'one' });
			stage(scene).forgetConfirmations();
			await dsm.do(group.create, { name: 'two' });
			expect(confirmations(simulator.requests)).toBe(2);
			expect(stage(scene).groups.map(({ name }) => name)).toEqual(expect.arrayContaining(['one', 'two']));
		});
	});

	test('is not sent where the NAS does not ask for it', async () => {
		await withNas({}, async (scene) => {
			stage(scene).switches.confirm = false;
			await scene.dsm.do(group.create, { name: 'one' });
			expect(confirmations(scene.simulator.requests)).toBe(0);
		});
	});

	test('that does not satisfy the NAS fails after one attempt more, and stands in no log', async () => {
		await withNas({}, async (scene) => {
			const { dsm, simulator, lines } = scene;
			stage(scene).switches.confirmMs = 0;
			expect(await failure(dsm.do(group.create, { name: 'one' }))).toMatchObject({
				dsmCode: 403,
				hint: expect.stringContaining('Check the password of the connection'),
			});
			expect(confirmations(simulator.requests)).toBe(1);
			expect(lines.join('\n')).not.toContain(simulator.password);
		});
	});
});

describe('groups', () => {
	test('are listed, renamed with their members, described and deleted', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			expect((await dsm.do(group.list, {})).map(({ name }) => name)).toEqual(['administrators', 'http', 'users']);
			await dsm.do(group.create, { name: 'sales' });
			await dsm.do(group.addMembers, { group_name: 'sales', user_names: ['bob'] });
			await dsm.do(group.update, { group_name: 'sales', new_name: 'sales-emea', description: 'Europe' });
			expect(await dsm.do(group.get, { group_name: 'sales-emea' })).toMatchObject({ description: 'Europe' });
			expect(simulator.nas.user('bob').groups).toEqual(['users', 'sales-emea']);
			await dsm.do(group.delete, { group_name: 'sales-emea' });
			expect((await dsm.do(group.list, {})).map(({ name }) => name)).not.toContain('sales-emea');
		});
	});
});

describe('application privileges', () => {
	const app_id = 'SYNO.SDS.Chat.Application';

	test('are denied, seen, and inherited again', async () => {
		await withNas({}, async ({ dsm }) => {
			const ofBob = async () =>
				(await dsm.do(privilege.list, { entity_name: 'bob' })).find((row) => row.app_id === app_id)?.privilege;
			expect((await dsm.do(privilege.listApplications, {})).map((row) => row.app_id)).toContain(app_id);
			expect(await ofBob()).toBe('allow');
			await dsm.do(privilege.set, { entity_name: 'bob', app_id, privilege: 'deny' });
			expect(await ofBob()).toBe('deny');
			expect(await dsm.do(privilege.listRules, { entity_name: 'bob' })).toEqual([
				{ app_id, entity_type: 'user', entity_name: 'bob', allow_ip: [], deny_ip: ['0.0.0.0'] },
			]);
			await dsm.do(privilege.delete, { entity_name: 'bob', app_id });
			expect(await ofBob()).toBe('allow');
		});
	});

	test('hold for some addresses', async () => {
		await withNas({}, async ({ dsm }) => {
			const rule = { entity_type: 'group', entity_name: 'users', app_id, privilege: 'addresses' } as const;
			expect((await failure(dsm.do(privilege.set, rule))).message).toContain('Set the addresses');
			await dsm.do(privilege.set, { ...rule, addresses: ['192.0.2.0/24'] });
			expect(await dsm.do(privilege.listRules, { entity_type: 'group', entity_name: 'users' })).toMatchObject([
				{ allow_ip: ['192.0.2.0/24'], deny_ip: [] },
			]);
		});
	});

	test('need a name, unless they are for everyone', async () => {
		await withNas({}, async ({ dsm }) => {
			expect((await failure(dsm.do(privilege.listRules, {}))).message).toContain('needs a name');
			expect(await dsm.do(privilege.listRules, { entity_type: 'everyone' })).toEqual([]);
		});
	});
});

describe('members of a group', () => {
	test('cannot be changed on DSM 7.0.1, which has no method for it, and the error says so', async () => {
		await withNas({ dsm: '7.0.1' }, async ({ dsm, simulator }) => {
			for (const change of [group.addMembers, group.removeMembers])
				expect(await failure(dsm.do(change, { group_name: 'users', user_names: ['bob'] }))).toMatchObject({
					code: 'unavailable',
					dsmCode: 103,
					message: 'SYNO.Core.Group.Member has no method "change" in version 1 on this NAS.',
					hint: expect.stringContaining('Update DSM'),
				});
			expect(simulator.nas.user('bob').groups).toContain('users');
		});
	});
});
