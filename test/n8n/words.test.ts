import { describe, expect, test } from '@jest/globals';
import './environment';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import manifest from '../../package.json';
import { actionOf, operationLabel, titleCase } from '../../src/n8n/words';
import { typeOf, makeWorkflow } from './engine';

const names = manifest.n8n.nodes.map((file) => {
	const className = file.slice(file.lastIndexOf('/') + 1).replace('.node.js', '');
	return `s${className.slice(1)}`;
});

/** What stands in a collection, or in the rows of one. */
const insideOf = ({ type, options = [] }: INodeProperties): INodeProperties[] => {
	if (type === 'collection') return options as INodeProperties[];
	return type === 'fixedCollection' ? (options as INodePropertyCollection[]).flatMap(({ values }) => values) : [];
};

/** Every element of a form, those of collections too. */
const flat = (properties: readonly INodeProperties[]): INodeProperties[] =>
	properties.flatMap((one) => [one, ...flat(insideOf(one))]);

const elements = names.flatMap((name) => flat(typeOf(name).description.properties));
const optionsOf = ({ options = [], type }: INodeProperties): INodePropertyOptions[] =>
	type === 'options' || type === 'multiOptions' ? (options as INodePropertyOptions[]) : [];

describe('title case', () => {
	test.each([
		['Complete a to-do', 'Complete a To-Do'],
		['Clear completed to-dos', 'Clear Completed To-Dos'],
		['List sign-in methods', 'List Sign-In Methods'],
		['Day of the week (3rd Tuesday)', 'Day of the Week (3rd Tuesday)'],
		['128 kbit/s', '128 kbit/s'],
		['Sent – to all', 'Sent – to All'],
		['eMule destination', 'eMule Destination'],
	])('of "%s" is "%s"', (text, title) => {
		expect(titleCase(text)).toBe(title);
	});
});

describe('an action', () => {
	test.each([
		['list', 'List files in a folder', 'List files in a folder', 'Get Many'],
		['list', 'List messages', 'Get many messages', 'Get Many'],
		['listMembers', 'List members of a channel', 'List members of a channel', 'List Members of Channel'],
		['listPinned', 'List pinned messages', 'Get many pinned messages', 'Get Many Pinned Messages'],
		['send', 'Send a message', 'Send a message', 'Send Message'],
	])('%s, "%s", is found as "%s" and listed as "%s"', (name, title, action, label) => {
		expect([actionOf({ title }), operationLabel(name, { title })]).toEqual([action, label]);
	});
});

describe('the texts of every node', () => {
	test('describe it in one short sentence', () => {
		const described = names.map((name) => typeOf(name).description.description);
		expect(described.filter((text) => text.length > 130 || /[.!?]( |$)/.test(text))).toEqual([]);
	});

	// n8n's node picker shows both as one, with the description of the trigger.
	test('say of a trigger what its node is for, too', () => {
		for (const name of names.filter((one) => names.includes(`${one}Trigger`))) {
			const [node, trigger] = [name, `${name}Trigger`].map((one) => typeOf(one).description.description);
			expect(trigger).toBe(`${node!.replace(', as the account of the connection', '')}, with triggers`);
		}
	});

	test('stand above the options, which come last', () => {
		const forms = names.flatMap((name) => {
			const { properties } = typeOf(name).description;
			const isShown = ({ displayOptions }: INodeProperties, wanted: Record<string, string>) =>
				Object.entries(displayOptions?.show ?? {}).every(([key, values]) =>
					values!.includes(wanted[key] ?? 'approval'),
				);
			const operations = properties.filter((one) => one.name === 'operation');
			return operations.flatMap((one) =>
				optionsOf(one).map(({ value }) => {
					const wanted = { resource: String(one.displayOptions!.show!['resource']![0]), operation: String(value) };
					return [wanted, properties.filter((each) => isShown(each, wanted)).map(({ type }) => type)] as const;
				}),
			);
		});
		expect(forms.length).toBeGreaterThan(700);
		expect(forms.filter(([, types]) => /collection,(?!collection)/.test(types.join()))).toEqual([]);
	});

	test('bear no mark in a name', () => {
		const labels = elements.flatMap((element) => [
			element.displayName,
			...optionsOf(element).flatMap(({ name, action = '' }) => [name, action]),
		]);
		expect(labels.length).toBeGreaterThan(2000);
		expect(labels.filter((label) => /\((un)?verified\)/i.test(label))).toEqual([]);
	});

	test('have no capital after a digit, and none left out in a compound', () => {
		const labels = elements.flatMap((element) => optionsOf(element).map(({ name }) => name));
		expect(labels.filter((label) => /\d[A-Z][a-z]|\b[a-z]+-[A-Z]/.test(label))).toEqual([]);
	});

	test('show an example, what to select, or what a button adds', () => {
		const said = (one: INodeProperties) => [
			one.placeholder,
			...(one.modes ?? []).map(({ placeholder }) => placeholder),
		];
		const texts = elements.flatMap(said).filter((text) => text !== undefined);
		expect(texts.filter((text) => !/^(e\.g\. |Select an? .*\.\.\.$|Add )/.test(text))).toEqual([]);
		const collections = elements.filter(({ type }) => type === 'collection' || type === 'fixedCollection');
		expect(
			collections.map(({ placeholder }) => placeholder).filter((text) => !/^Add [\w-]+( \w+)*$/.test(text!)),
		).toEqual([]);
		// A thing is selected, not its ID, and not where it goes.
		expect(texts.filter((text) => /^Select an? ((to|in|from) | *id\.|.* (id|to .*)\.)/i.test(text))).toEqual([]);
	});

	test('are written as everywhere: no mail with a hyphen, no choice with a comma, names with their own capitals', () => {
		const labels = elements.flatMap((one) => [one.displayName, ...optionsOf(one).map(({ name }) => name)]);
		const odd = /E-Mail|\bPo Box|Leechs|Contains Not|^(What|Existing)$/;
		expect(labels.filter((label) => odd.test(label))).toEqual([]);
		const choices = elements
			.filter(({ name }) => !['resource', 'operation', 'event'].includes(name))
			.flatMap(optionsOf);
		expect(choices.map(({ name }) => name).filter((name) => name.includes(','))).toEqual([]);
		const described = elements.flatMap(({ description = '' }) => description);
		expect(described.filter((text) => /\b(ICalendar|VCard|EMule)\b/.test(text))).toEqual([]);
	});

	test('order choices as people do: the weekdays, sizes from small, what is safe first', () => {
		const listed = elements.map((element) => optionsOf(element).map(({ name }) => name));
		const inOrder = (...wanted: string[]) => {
			const rows = listed.map((row) => row.filter((name) => wanted.includes(name)));
			const whole = rows.filter((row) => row.length === wanted.length);
			expect(whole.length).toBeGreaterThan(0);
			for (const row of whole) expect(row).toEqual(wanted);
		};
		inOrder('Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday');
		inOrder('Small', 'Medium', 'Large', 'Original');
		inOrder('Does Not Repeat', 'Daily', 'Weekly', 'Monthly', 'Yearly');
	});
});

describe('the line below a node', () => {
	const subtitleOf = (type: string, parameters: Record<string, unknown>): unknown => {
		const node = { id: '1', name: 'node', type, typeVersion: 1, position: [0, 0] as [number, number], parameters };
		const workflow = makeWorkflow([node as never]);
		const { subtitle } = typeOf(type).description;
		return workflow.expression.getSimpleParameterValue(workflow.getNode('node')!, subtitle, 'internal', {});
	};

	test.each([
		['synologyChat', { resource: 'message', operation: 'listPinned' }, 'list pinned message'],
		['synologyChat', { resource: 'incomingWebhook', operation: 'get' }, 'get incoming webhook'],
		[
			'synologyChat',
			{
				resource: 'message',
				operation: 'send',
				channel_id: { __rl: true, mode: 'list', value: '7', cachedResultName: 'General' },
			},
			'send message: General',
		],
		[
			'synologyDrive',
			{ resource: 'file', operation: 'get', path: { __rl: true, mode: 'path', value: '/mydrive/a.txt' } },
			'get file: /mydrive/a.txt',
		],
		[
			'synologyDrive',
			{ resource: 'file', operation: 'get', path: { __rl: true, mode: 'id', value: '={{ $json.file_id }}' } },
			'get file',
		],
		['synologyChatTrigger', { event: 'messageReceived' }, 'message received'],
		[
			'synologyDriveTrigger',
			{ event: 'fileCreated', additionalEvents: ['fileCreated', 'fileMoved', 'fileDeleted'] },
			'file created, 2 more',
		],
	])('of %s with %j is "%s"', (type, parameters, text) => {
		expect(subtitleOf(type, parameters)).toBe(text);
	});
});
