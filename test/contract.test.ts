import { describe, expect, test } from '@jest/globals';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { apiReference } from '../src/build/docs';
import { jsonSchema, type JsonSchema } from '../src/build/schema';
import { allServices, findOperation, operationsOf, pushesOf, services, triggersOf } from '../src/services';
import { callsOf, idOf, type AnyOperation } from '../src/catalog/operation';
import type { Call } from '../src/core/call';
import { loadApis, methodsAt } from '../src/simulator/core/apis';
import { DSM5_APIS } from '../src/simulator/services/webdav';

const root = path.join(__dirname, '..');
const operations = allServices().flatMap(operationsOf);
const triggers = allServices().flatMap(triggersOf);
const pushes = allServices().flatMap(pushesOf);
const items = [...operations, ...triggers, ...pushes].map((item) => [idOf(item), item] as const);

describe('every operation and trigger', () => {
	test('there are operations and triggers', () => {
		expect([allServices().length > 1, operations.length > 20, triggers.length > 0]).toEqual([true, true, true]);
	});

	test.each(items)('%s has an id of its own that begins with its service', (id) => {
		expect(services.map((service) => service.id)).toContain(id.split('.')[0]);
		expect(id).toMatch(/^[a-z]+(\.[a-z][A-Za-z]+){1,2}$/);
		expect(items.filter(([other]) => other === id)).toHaveLength(1);
	});

	test.each(items)('%s has a title, a one-sentence summary and a basis', (_, { title, summary, basis }) => {
		expect(title).toMatch(/^[A-Z].*[^.]$/);
		expect(summary).toMatch(/^[A-Z].*\.$/);
		expect(['guide', 'capture', 'clients', 'inferred']).toContain(basis);
	});

	test.each(items)('%s gives each parameter a title and a description', (_, { params }) => {
		for (const [name, field] of Object.entries(jsonSchema(params, 'input').properties ?? {})) {
			expect({ name, title: field.title }).toEqual({ name, title: expect.stringMatching(/^\S.*[^.\s]$/) });
			expect({ name, description: field.description }).toEqual({
				name,
				description: expect.stringMatching(/^\S.*[^\s]$/),
			});
		}
	});

	test.each(items)('%s names a widget where the type alone does not say how to draw a parameter', (_, { params }) => {
		for (const [name, field] of Object.entries(jsonSchema(params, 'input').properties ?? {})) {
			expect({ name, drawable: field.anyOf === undefined || field.widget !== undefined }).toEqual({
				name,
				drawable: true,
			});
		}
	});
});

const calls = items.flatMap(([id, item]) =>
	('uses' in item ? item.uses : callsOf(item))
		// Pages that are no Web APIs stand in no list of a DSM.
		.filter(({ site }) => site === undefined)
		.map((call) => [`${call.api} ${call.method} v${call.version} (${id})`, call] as const),
);

describe('every call', () => {
	// DSM 5 had WebDAV without a package (webdav.md 1).
	const lists = [loadApis('7.2.2'), loadApis('7.3'), DSM5_APIS];

	test.each(calls)('%s is one that a recorded DSM has', (_, call) => {
		expect(lists.flatMap((apis) => faultsOf(call, apis.get(call.api)))).not.toHaveLength(lists.length);
	});
});

/** What a recorded DSM would object to; empty when nothing. */
function faultsOf({ method, version }: Call, api: ReturnType<ReturnType<typeof loadApis>['get']>): string[] {
	if (!api) return ['102'];
	if (version < api.minVersion || version > api.maxVersion) return ['104'];
	const methods = methodsAt(api, version);
	return methods && !methods.has(method) ? ['103'] : [];
}

const pickers = items.flatMap(([id, { params }]) => pickersIn(jsonSchema(params, 'input'), id));

function pickersIn(schema: JsonSchema, at: string): (readonly [string, NonNullable<JsonSchema['choices']>])[] {
	const below = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => pickersIn(field, `${at} ${name}`));
	return schema.choices ? [[at, schema.choices] as const, ...below] : below;
}

describe('every picker', () => {
	test('there are pickers', () => {
		expect(pickers.length).toBeGreaterThan(0);
	});

	test.each(pickers)(
		'%s is filled by a list that changes nothing and has the fields it shows',
		(_, { from, value, label, search }) => {
			const list = findOperation(from);
			const rows = jsonSchema(list.result, 'output');
			expect({ readOnly: list.readOnly, type: rows.type }).toEqual({ readOnly: true, type: 'array' });
			expect(Object.keys(rows.items?.properties ?? {})).toEqual(expect.arrayContaining([value, label]));
			if (search !== undefined)
				expect(Object.keys(jsonSchema(list.params, 'input').properties ?? {})).toContain(search);
		},
	);

	test.each(pickers)('%s is filled by a list that needs no parameter', (_, { from }) => {
		expect(jsonSchema(findOperation(from).params, 'input').required ?? []).toEqual([]);
	});
});

describe('what an operation says of itself', () => {
	test.each(operations.map((item) => [idOf(item), item] as const))(
		'%s is not both read-only and destructive',
		(_, item) => {
			expect(item.readOnly === true && item.destructive === true).toBe(false);
		},
	);

	test('operations named list and get change nothing, and deleting ones say that they destroy', () => {
		const named = (pattern: RegExp) => operations.filter((item) => pattern.test(idOf(item)));
		expect(
			named(/\.(list|get|search)[A-Z]?\w*$/)
				.filter(({ readOnly }) => !readOnly)
				.map(idOf),
		).toEqual([]);
		expect(named(/message\.(delete|remove)$/).map(({ destructive }) => destructive)).toEqual([true]);
	});
});

describe('every push trigger', () => {
	test('there are some', () => {
		expect(pushes.length).toBeGreaterThan(3);
	});

	test.each(pushes.map((item) => [idOf(item), item] as const))(
		'%s says where a person enters its address, and reaches both hosts in a test',
		(id, { place }) => {
			expect(place).toMatch(/^\w+( > \w[\w ]*)+$/);
			const name = id.split('.')[1]!;
			for (const host of ['n8n', 'nodered']) {
				const text = readFileSync(path.join(root, 'test', host, 'push.test.ts'), 'utf8');
				expect(text).toContain(`'${name}'`);
			}
		},
	);

	test('its services have a bot trigger in n8n, and token operations a credential in both hosts', () => {
		const { n8n, 'node-red': red } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
			n8n: { nodes: string[]; credentials: string[] };
			'node-red': { nodes: Record<string, string> };
		};
		expect(n8n.nodes).toContain('dist/nodes/SynologyChat/SynologyChatBotTrigger.node.js');
		expect(n8n.credentials).toContain('dist/credentials/SynologyChatBotApi.credentials.js');
		expect(red.nodes['synology-chat-bot']).toBe('dist/credentials/synology-chat-bot.nodered.js');
		expect(operations.filter(({ token }) => token).map(idOf)).toHaveLength(6);
	});
});

test('every operation is reached by a scenario', () => {
	const scenarios = globSync('test/services/**/*.test.ts', { cwd: root })
		.map((file) => readFileSync(path.join(root, file), 'utf8'))
		.join('\n');
	expect(operations.filter((item) => !reached(item, scenarios)).map(idOf)).toEqual([]);
});

/** A scenario names an operation as `message.create`, `messages.create` or `chat.resources.message.operations.create`. */
function reached(operation: AnyOperation, scenarios: string): boolean {
	const [service, resource, name] = idOf(operation).split('.') as [string, string, string];
	const forms = [`\\b${resource}s?(\\.operations)?\\.${name}\\b`, `['"]${service}\\.${resource}\\.${name}['"]`];
	return new RegExp(forms.join('|')).test(scenarios);
}

describe('the package', () => {
	const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[]; credentials: string[] };
		'node-red': { nodes: Record<string, string> };
	};
	const sources = (pattern: string) =>
		globSync(pattern, { cwd: root })
			.map((file) => `dist/${file.replace(/\.ts$/, '.js')}`)
			.sort();

	test('lists every n8n node and credential', () => {
		expect([...manifest.n8n.nodes].sort()).toEqual(sources('nodes/*/*.node.ts'));
		expect([...manifest.n8n.credentials].sort()).toEqual(sources('credentials/*.credentials.ts'));
	});

	test('lists every Node-RED entry under the name of its node type', () => {
		expect(Object.values(manifest['node-red'].nodes).sort()).toEqual(sources('{nodes/*,credentials}/*.nodered.ts'));
		for (const [type, file] of Object.entries(manifest['node-red'].nodes))
			expect(path.basename(file)).toBe(`${type}.nodered.js`);
	});

	test.each(allServices().map(({ id, triggers }) => [id, Object.keys(triggers).length > 0] as const))(
		'%s has an action node in both hosts, and a trigger where there are events',
		(id, has) => {
			const title = id.charAt(0).toUpperCase() + id.slice(1);
			const folder = `dist/nodes/Synology${title}`;
			expect(manifest.n8n.nodes).toContain(`${folder}/Synology${title}.node.js`);
			expect(manifest.n8n.nodes.includes(`${folder}/Synology${title}Trigger.node.js`)).toBe(has);
			expect(manifest['node-red'].nodes[`synology-${id}`]).toBe(`${folder}/synology-${id}.nodered.js`);
		},
	);

	test.each(allServices().map(({ id }) => id))('%s has icons for light, dark and Node-RED', (id) => {
		const files = [`icons/${id}.svg`, `icons/${id}.dark.svg`, `icons/nodered/${id}.svg`];
		expect(files.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
	});
});

test('the API reference is what `npm run docs` writes now', async () => {
	const files = await apiReference();
	const written = globSync('docs/api/*', { cwd: root }).map((file) => path.basename(file));
	expect(written.sort()).toEqual(Object.keys(files).sort());
	for (const [name, text] of Object.entries(files)) {
		expect({ name, text: readFileSync(path.join(root, 'docs/api', name), 'utf8') }).toEqual({ name, text });
	}
}, 120_000);
