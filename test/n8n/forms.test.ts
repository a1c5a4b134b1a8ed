import { describe, expect, test } from '@jest/globals';
import './environment';
import { NodeHelpers, type INodeParameters, type INodeProperties } from 'n8n-workflow';
import { allServices } from '../../src/services';
import { connectionSchema } from '../../src/core/connection';
import { connectionProperties } from '../../src/n8n/credential';
import { describePush } from '../../src/n8n/push-properties';
import { actionProperties, RESERVED, triggerProperties } from '../../src/n8n/properties';
import { fieldsOf } from '../../src/host/form';

describe('the catalogue', () => {
	test('has no parameter that the forms need for themselves', () => {
		const declarations = allServices().flatMap(({ resources, triggers, pushes = {} }) => [
			...Object.values(resources).flatMap(({ operations }) => Object.values(operations)),
			...Object.values(triggers),
			...Object.values(pushes),
		]);
		const names = declarations.flatMap(({ params: declared }) => fieldsOf(declared).map(({ name }) => name));
		expect(names.filter((name) => RESERVED.includes(name))).toEqual([]);
		expect(names.length).toBeGreaterThan(40);
	});

	test.each(allServices().map((item) => [item.id, item] as const))(
		'%s: switches ask "Whether", options have unique names',
		(_id, item) => {
			const all = [...actionProperties(item), ...triggerProperties(item), ...describePush(item).properties];
			const nested = all.flatMap((property) =>
				property.type === 'collection' ? (property.options as INodeProperties[]) : [property],
			);
			const switches = nested.filter(({ type }) => type === 'boolean').map(({ description = '' }) => description);
			expect(switches.filter((text) => !/^Whether (?!to use this:)/.test(text))).toEqual([]);
			for (const { options = [], type } of nested) {
				if (type !== 'options') continue;
				const labels = options.map(({ name }) => name);
				expect(labels).toEqual([...new Set(labels)]);
			}
		},
	);
});

describe('the credential', () => {
	const properties = connectionProperties();
	const byName = new Map(properties.map((property) => [property.name, property]));

	test('has every connection setting once, the rare ones at the end; n8n can make no use of a one-time code', () => {
		const settings = Object.keys(connectionSchema.shape).filter((name) => name !== 'otpCode');
		expect([...byName.keys()].sort()).toEqual([...settings, 'signInWith', 'advanced'].sort());
		expect(properties).toHaveLength(byName.size);
		expect(properties.slice(-4).map(({ name }) => name)).toEqual(
			['deviceName', 'deviceId', 'headers', 'session', 'timeout'].slice(-4),
		);
	});

	test('shows what belongs to another way of signing in, and what few need, only when it is asked for', () => {
		const shown = (form: INodeParameters) =>
			properties.filter((one) => NodeHelpers.displayParameter(form, one, null, null)).map(({ name }) => name);
		const form = { signInWith: 'password', tls: 'verify', advanced: false };
		const plain = ['url', 'signInWith', 'account', 'password', 'tls', 'advanced'];
		expect(shown(form)).toEqual(plain);
		expect(shown({ ...form, signInWith: 'otp' })).toEqual(plain.toSpliced(4, 0, 'otpSecret'));
		// CardDAV, CalDAV and WebDAV know no other proof than the password.
		expect(shown({ ...form, signInWith: 'browser' })).toEqual(plain.toSpliced(2, 0, 'signIn'));
		expect(shown({ ...form, tls: 'pin', advanced: true })).toEqual([
			...plain.toSpliced(5, 0, 'fingerprint'),
			...['deviceName', 'deviceId', 'headers', 'session', 'timeout'],
		]);
	});

	test('hides secrets and asks for what the choice of the certificate check needs', () => {
		const secret = properties.filter(({ typeOptions }) => typeOptions?.password).map(({ name }) => name);
		expect(secret.sort()).toEqual(['deviceId', 'headers', 'otpSecret', 'password', 'signIn']);
		expect(byName.get('ca')).toMatchObject({ displayOptions: { show: { tls: ['ca'] } }, typeOptions: { rows: 4 } });
		expect(byName.get('fingerprint')).toMatchObject({ displayOptions: { show: { tls: ['pin'] } } });
		expect(properties.filter(({ required }) => required).map(({ name }) => name)).toEqual(['url']);
		expect(byName.get('timeout')).toMatchObject({
			type: 'number',
			default: 60,
			typeOptions: { minValue: 1, maxValue: 3600 },
		});
		expect(byName.get('headers')).toMatchObject({ type: 'string', default: '' });
	});
});
