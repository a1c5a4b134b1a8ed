import { describe, expect, test } from '@jest/globals';
import './environment';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { operation, resource, service, trigger } from '../../src/catalog/operation';
import { file, fileAnswer, id, moment } from '../../src/catalog/fields';
import { actionProperties, triggerProperties } from '../../src/n8n/properties';
import { UNVERIFIED } from '../../src/host/form';
import { z } from '../../src/vendor/zod';

const call = { api: 'SYNO.Test', method: 'do', version: 1 } as const;
const picked = { widget: 'picker', choices: { from: 'chat.user.list', value: 'user_id', label: 'label' } } as const;

/** One parameter of every kind. */
const params = z.object({
	user_id: id().meta({ title: 'User', description: 'User to write to', ...picked }),
	users: z
		.array(id())
		.default([])
		.meta({ title: 'Users', description: 'Users to invite', ...picked }),
	text: z
		.string()
		.min(1)
		.meta({ title: 'text of it', description: 'What to say. It may be long', widget: 'multiline' }),
	code: z.string().default('').meta({ title: 'Code', widget: 'secret' }),
	kind: z
		.enum(['b', 'a'])
		.default('b')
		.meta({ title: 'Kind', description: 'Which kind', labels: { a: 'alpha', b: 'beta' } }),
	file: file().meta({ title: 'File', description: 'File to send' }),
	data: z.record(z.string(), z.unknown()).default({}).meta({ title: 'Data', description: 'Values', widget: 'json' }),
	tags: z.array(z.string()).default([]).meta({ title: 'Tags', description: 'Words' }),
	thread_id: id().meta({ title: 'Thread ID', description: 'ID of the thread' }),
	count: z.number().int().min(2).max(9).default(3).meta({ title: 'Count', description: 'How many' }),
	since: moment().optional().meta({ title: 'Since', description: 'Only what is newer' }),
	force: z.boolean().optional().meta({ title: 'Force', description: 'Whether to ask nobody' }),
	another: z.string().optional().meta({ title: 'Another', description: 'One more', advanced: true }),
});

const many = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`field${index}`, z.string()]));

const sample = service({
	id: 'sample',
	title: 'Sample',
	summary: 'All kinds.',
	apis: '',
	errors: {},
	resources: {
		thing: resource('thing', {
			create: operation({
				title: 'Make a thing',
				summary: 'Makes a thing.',
				call,
				params,
				result: z.object({}),
				basis: 'guide',
			}),
			list: operation({
				title: 'List things',
				summary: 'Lists things.',
				call,
				params: z.object({}),
				result: z.array(z.object(many)),
				readOnly: true,
				basis: 'guide',
			}),
			delete: operation({
				title: 'Delete a thing',
				summary: 'Deletes a thing.',
				call,
				params: z.object({}),
				result: z.object({}),
				destructive: true,
				basis: 'inferred',
			}),
			sendThing: operation({
				title: 'Send the thing to a user',
				summary: 'Sends it.',
				call,
				params: z.object({}),
				result: z.array(z.string()),
				basis: 'inferred',
			}),
			fetch: operation({
				title: 'Download a thing',
				summary: 'Gives the thing.',
				call,
				params: z.object({}),
				result: fileAnswer(),
				returns: 'file',
				readOnly: true,
				basis: 'guide',
			}),
		}),
	},
	triggers: {},
});

const form = actionProperties(sample);
const shownFor = (operationName: string): INodeProperties[] =>
	form.filter(
		({ displayOptions, type }) =>
			type !== 'notice' && (displayOptions?.show?.operation as string[] | undefined)?.includes(operationName),
	);
const named = (operationName: string, name: string): INodeProperties | undefined =>
	shownFor(operationName).find((property) => property.name === name);

describe('the list of operations', () => {
	test('speaks the vocabulary of n8n, in the order of the alphabet', () => {
		const options = form[1]?.options as INodePropertyOptions[];
		expect(options.map(({ name, action, description }) => [name, action, description])).toEqual([
			['Create', 'Make a thing', 'Makes a thing'],
			['Delete', 'Delete a thing', 'Deletes a thing (destructive)'],
			['Download Thing', 'Download a thing', 'Gives the thing'],
			['Get Many', 'Get many things', 'Lists things'],
			['Send Thing to User', 'Send the thing to a user', 'Sends it'],
		]);
		expect(form[1]).toMatchObject({
			name: 'operation',
			noDataExpression: true,
			default: 'create',
			displayOptions: { show: { resource: ['thing'] } },
		});
	});

	test('has a notice for what no evidence confirms', () => {
		expect(form[2]).toMatchObject({
			type: 'notice',
			displayName: `Unverified: ${UNVERIFIED}`,
			displayOptions: { show: { resource: ['thing'], operation: ['delete', 'sendThing'] } },
		});
	});

	test('stands behind the resource', () => {
		expect(form[0]).toEqual({
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: [{ name: 'Thing', value: 'thing' }],
			default: 'thing',
		});
	});
});

describe('a parameter', () => {
	test('that is picked is a resource locator with a searched list and an ID', () => {
		expect(named('create', 'user_id')).toEqual({
			displayName: 'User',
			name: 'user_id',
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			required: true,
			description: 'User to write to',
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					placeholder: 'Select a user...',
					typeOptions: { searchListMethod: 'chatUserListByUserId', searchable: true },
				},
				{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 42' },
			],
			displayOptions: { show: { resource: ['thing'], operation: ['create'] } },
		});
	});

	test('that is a list of picked ones is a loaded multiple choice', () => {
		expect(named('create', 'users')).toMatchObject({
			displayName: 'User Names or IDs',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'chatUserListByUserId' },
			default: [],
			description:
				'Users to invite. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		});
	});

	test.each([
		[
			'text',
			{
				displayName: 'Text of It',
				type: 'string',
				required: true,
				default: '',
				typeOptions: { rows: 4 },
				description: 'What to say. It may be long.',
			},
		],
		['code', { type: 'string', default: '', typeOptions: { password: true } }],
		[
			'kind',
			{
				type: 'options',
				default: 'b',
				options: [
					{ name: 'Beta', value: 'b' },
					{ name: 'Alpha', value: 'a' },
				],
			},
		],
		['file', { displayName: 'Input Data Field Name', type: 'string', default: 'data', required: true }],
		['data', { type: 'json', default: '{}' }],
		[
			'tags',
			{
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				placeholder: 'Add Tag',
				default: {},
				options: [
					{ name: 'rows', displayName: 'Tag', values: [{ displayName: 'Tag', name: 'value', type: 'string' }] },
				],
			},
		],
		['thread_id', { type: 'string', default: '', required: true }],
		['count', { type: 'number', default: 3, typeOptions: { minValue: 2, maxValue: 9 } }],
	])('"%s" has the form element of its kind', (name, expected) => {
		expect(named('create', name)).toMatchObject(expected);
	});

	test('that need not be given, and could not be left empty, stands under Options in the order of the alphabet', () => {
		expect(named('create', 'options')).toMatchObject({
			type: 'collection',
			options: [
				{ name: 'another', type: 'string' },
				{ name: 'force', type: 'boolean', default: false, description: 'Whether to ask nobody' },
			],
		});
		// An empty date says nothing.
		expect(named('create', 'since')).toMatchObject({ type: 'dateTime', default: '' });
	});
});

describe('an operation', () => {
	test('that lists has Return All, Limit and, for more than ten fields, Simplify', () => {
		expect(shownFor('list').map(({ name, default: value }) => [name, value])).toEqual([
			['returnAll', false],
			['limit', 50],
			['simplify', true],
		]);
		expect(named('list', 'limit')).toMatchObject({
			typeOptions: { minValue: 1 },
			displayOptions: { show: { returnAll: [false] } },
		});
	});

	test('that writes is not cut by a limit, though it gives rows', () => {
		expect(shownFor('sendThing')).toEqual([]);
	});

	test('that gives a file asks for the field to put it in', () => {
		expect(shownFor('fetch')).toMatchObject([
			{ displayName: 'Put Output File in Field', name: 'outputField', default: 'data', required: true },
		]);
	});
});

describe('a trigger', () => {
	test('has an event and the parameters of each event', () => {
		const event = trigger({
			kind: 'trigger',
			title: 'New thing',
			summary: 'When a thing comes.',
			params: z.object({ keyword: z.string().default('').meta({ title: 'Keyword' }) }),
			basis: 'guide',
			uses: [call],
			cursor: z.object({}),
			event: z.object(many),
			key: () => '',
			start: async () => await Promise.resolve({}),
			poll: async () => await Promise.resolve({ events: [], cursor: {} }),
			sample: async () => await Promise.resolve([]),
		} as never);
		const properties = triggerProperties({ ...sample, triggers: { newThing: event } });
		expect(properties).toMatchObject([
			{
				name: 'event',
				default: 'newThing',
				options: [{ name: 'New Thing', value: 'newThing', description: 'When a thing comes' }],
			},
			{ name: 'keyword', displayOptions: { show: { event: ['newThing'] } } },
			{ name: 'simplify' },
		]);
	});
});
