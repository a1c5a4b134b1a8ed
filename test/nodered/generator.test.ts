import { describe, expect, test } from '@jest/globals';
import * as acorn from 'acorn';
import * as walk from 'acorn-walk';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Files } from '../../src/build/files';
import { connectionFiles, noderedFiles, serviceFiles } from '../../src/build/nodered';
import { allServices, serviceById } from '../../src/services';
import { APPLICATION, BOT } from '../../src/nodered/editor/connection-html';
import { RESOURCES, SCRIPT, STYLE } from '../../src/nodered/editor/html';
import { fieldsOf } from '../../src/host/form';
import { headOf, initialText, nodesOf } from '../../src/nodered/editor/model';
import { secretsOf } from '../../src/nodered/form';
import { germanOf } from '../../src/nodered/locales/german';
import type { ServiceForms, ServiceTitles } from '../../src/nodered/browser/data';
import { fixture } from './fixture';

const root = path.join(__dirname, '../..');
const golden = (name: string) => readFileSync(path.join(__dirname, 'golden', name), 'utf8');

type Messages = { [key: string]: string | Messages };

/** Text at a dotted key, as the editor looks it up. */
const lookUp = (messages: Messages, key: string): unknown =>
	key.split('.').reduce<unknown>((at, part) => (at as Messages | undefined)?.[part], messages);

const keysOf = (html: string): string[] =>
	[...html.matchAll(/data-i18n="([^"]+)"/g)]
		.flatMap(([, value]) => value!.split(';'))
		.map((key) => key.replace(/^\[[\w-]+\]/, ''));

const parsed = (files: Files, name: string): Messages => JSON.parse(files[name]!) as Messages;

const folders: [string, string, Files][] = [
	...allServices().map((service): [string, string, Files] => {
		const files = serviceFiles(service);
		const html = Object.keys(files).find((name) => /^dist\/nodes\/\w+\/synology-[a-z]+\.nodered\.html$/.test(name))!;
		return [service.title, html, files];
	}),
	['connection', 'dist/credentials/synology-nas.nodered.html', connectionFiles()],
	['bot', 'dist/credentials/synology-chat-bot.nodered.html', connectionFiles(BOT)],
	['application', 'dist/credentials/synology-sso.nodered.html', connectionFiles(APPLICATION)],
];

const localized = (html: string, language: string): string =>
	html.replace(/([^/]+)\.html$/, `locales/${language}/$1.json`);

describe('form fields from a schema', () => {
	const fields = fieldsOf(fixture.resources['thing'].operations['create'].params);

	test('have the kind that type and widget ask for', () => {
		expect(Object.fromEntries(fields.map(({ name, kind }) => [name, kind]))).toEqual({
			thing_id: 'picker',
			others: 'picker',
			note: 'multiline',
			count: 'number',
			sure: 'flag',
			maybe: 'flag',
			kind: 'choice',
			extra: 'json',
			due: 'moment',
			code: 'secret',
			file: 'file',
		});
	});

	test('are required only without a default, and start with the default', () => {
		expect(fields.filter(({ required }) => required).map(({ name }) => name)).toEqual(['thing_id']);
		expect(fields.map(initialText)).toEqual(['', '', '', '3', 'true', '', 'a', '', '', '', '']);
	});

	test('that hold secrets become credentials of the node', () => {
		expect(secretsOf(fixture)).toEqual(['code']);
	});
});

describe('generated editor files', () => {
	const files = serviceFiles(fixture);

	test.each([
		['synology-test.nodered.html', 'dist/nodes/SynologyTest/synology-test.nodered.html'],
		['synology-test.stub.html', 'dist/nodes/SynologyTest/locales/en-US/synology-test.nodered.html'],
		['synology-test.nodered.json', 'dist/nodes/SynologyTest/locales/en-US/synology-test.nodered.json'],
		['synology-test.titles.json', 'resources/titles/test.en-US.json'],
		['synology-test.forms.json', 'resources/forms/test.en-US.json'],
		['synology-test.help.html', 'resources/help/synology-test.en-US.html'],
	])('are those of the golden file %s', (name, generated) => {
		expect(files[generated]).toBe(golden(name));
	});

	test.each([
		['identity', 'ssoServer.verifyToken', 'Least right: any account.', 'Mindestrecht: jedes Konto.'],
		[
			'identity',
			'user.list',
			'Least right: an administrator, or an account to which the task was delegated.',
			'Mindestrecht: Administrator, oder ein Konto, an das die Aufgabe delegiert wurde.',
		],
		[
			'webdav',
			'file.list',
			'Least right: the privilege “WebDAV Server”.',
			'Mindestrecht: die Berechtigung „WebDAV Server“.',
		],
		[
			'chat',
			'webhook.send',
			'Least right: the token of a bot or webhook, without an account.',
			'Mindestrecht: das Token eines Bots oder Webhooks, ohne Konto.',
		],
	])('of %s name the least right of %s in their help', (id, entry, english, german) => {
		const all = serviceFiles(serviceById(id));
		const said = (language: string): string | undefined =>
			new RegExp(`data-entry="synology-${id}\\.${entry.replace('.', '\\.')}".*?</details>`, 's').exec(
				all[`resources/help/synology-${id}.${language}.html`]!,
			)?.[0];
		expect(said('en-US')).toContain(`<p>${english}</p>`);
		expect(said('de')).toContain(`<p>${german}</p>`);
	});

	test('name a least right in the help of every operation and event', () => {
		for (const service of allServices())
			for (const [name, html] of Object.entries(serviceFiles(service))) {
				if (!/^resources\/help\/.*(?<!bot-trigger)\.en-US\.html$/.test(name)) continue;
				const entries = html.split('<details ').slice(1);
				expect([name, entries.filter((entry) => !entry.includes('<p>Least right: '))]).toEqual([name, []]);
			}
	});

	test.each(folders)('of %s have a text for every label in every language', (_title, html, all) => {
		const keys = keysOf(all[html]!);
		expect(keys.length + all[html]!.split('data-word=').length).toBeGreaterThan(3);
		for (const language of ['en-US', 'de']) {
			const messages = parsed(all, localized(html, language));
			expect(keys.filter((key) => typeof lookUp(messages, key) !== 'string')).toEqual([]);
		}
	});

	test.each(folders)('of %s name only fixed words that there are', (_title, html, all) => {
		const words = parsed(connectionFiles(), 'dist/credentials/locales/en-US/synology-nas.nodered.json')[
			'words'
		] as object;
		const named = [...all[html]!.matchAll(/data-word="(?:\[\w+\])?(\w+)"/g)].map(([, key]) => key!);
		expect(named.filter((key) => !Object.hasOwn(words, key))).toEqual([]);
	});

	test.each(folders)('of %s have no element id twice', (_title, html, all) => {
		for (const [, form] of all[html]!.matchAll(/<script type="text\/html"[^>]*>([\s\S]*?)<\/script>/g)) {
			const ids = [...form!.matchAll(/ id="([^"]+)"/g)].map(([, value]) => value);
			expect(ids.filter((value, index) => ids.indexOf(value) !== index)).toEqual([]);
		}
	});

	test.each(folders)('of %s have a control with that id for every label', (_title, html, all) => {
		const ids = new Set([...all[html]!.matchAll(/ id="([^"]+)"/g)].map(([, value]) => value));
		const labels = [...all[html]!.matchAll(/<label for="([^"]+)"/g)].map(([, value]) => value);
		expect(labels.filter((value) => !ids.has(value))).toEqual([]);
	});

	test.each(folders)('of %s hold no colour of their own, so that dark themes work', (_title, html, all) => {
		expect(all[html]!.match(/style="[^"]*(?:color|#[0-9a-f]{3})[^"]*"/gi)).toBeNull();
	});

	test.each(folders)(
		'of %s name their types as the flow library reads them, without running anything',
		(_title, html, all) => {
			const scripts = [...all[html]!.matchAll(/<script type="text\/javascript">([\s\S]*?)<\/script>/g)];
			const found = scripts.flatMap(([, code]) => registrationsIn(code!));
			expect(found.map(({ type }) => type)).toEqual(typesIn(all[html]!));
			for (const { definition } of found) {
				expect(definition['color']).toMatch(/^#[0-9A-F]{6}$/);
				expect(Object.keys(definition['defaults'] as object)).toContain('name');
				if (definition['category'] === 'config') continue;
				expect(definition).toMatchObject({ category: 'synology', outputs: 1 });
				expect(existsSync(path.join(root, 'icons/nodered', definition['icon'] as string)) || _title === 'Test').toBe(
					true,
				);
			}
		},
	);

	test('load shared code that was built: the editor would wait for a missing file for ever', () => {
		expect(RESOURCES).toBe('resources/@synoflow/n8n-nodes-synology');
		for (const file of [SCRIPT, STYLE]) expect(existsSync(path.join(root, 'resources', file))).toBe(true);
	});

	test('use theme variables in the style sheet', () => {
		const css = readFileSync(path.join(root, 'src/nodered/browser', STYLE), 'utf8');
		expect(css.match(/(?<!-)color:(?! var\(--red-ui-)[^;]*;/g)).toBeNull();
	});

	test('are complete: entry, secrets, catalogue, help and forms in each language for every service and connection', () => {
		const names = Object.keys(noderedFiles());
		const nodes = allServices().flatMap(nodesOf);
		expect(names.filter((name) => name.startsWith('dist/'))).toHaveLength(
			(allServices().length + 3) * 5 + allServices().length,
		);
		for (const kind of ['titles', 'forms'])
			expect(names.filter((name) => name.startsWith(`resources/${kind}/`))).toHaveLength(allServices().length * 2);
		expect(names.filter((name) => name.startsWith('resources/help/'))).toHaveLength(nodes.length * 2);
	});

	test.each(allServices().map((service) => [service.id, service] as const))(
		'of %s name a form for every operation and event that the palette knows, with the fields that it checks',
		(id, service) => {
			const forms = JSON.parse(serviceFiles(service)[`resources/forms/${id}.en-US.json`]!) as ServiceForms;
			for (const spec of nodesOf(service)) {
				const { type } = spec;
				for (const [group, entries] of Object.entries(headOf(spec).groups)) {
					for (const [name, { required = [] }] of Object.entries(entries)) {
						const fields = forms[type]?.[group]?.[name]?.fields.map((field) => field.name);
						expect(fields).toEqual(expect.arrayContaining(required));
					}
				}
			}
		},
	);

	test.each(allServices().map((service) => [service.id, service] as const))(
		'of %s hold no text of a form in what the editor loads when it opens',
		(_id, service) => {
			const page = Object.entries(serviceFiles(service)).filter(([name]) => name.startsWith('dist/'));
			const texts = page.map(([, text]) => text).join('');
			const { summary } = Object.values(Object.values(service.resources)[0]!.operations)[0]!;
			expect(texts).not.toContain(summary);
		},
	);
});

/** Types that a file has forms for. */
const typesIn = (html: string): string[] =>
	[...html.matchAll(/data-template-name="([^"]+)"/g)].map(([, type]) => type!);

interface Registration {
	type: string;
	definition: Record<string, unknown>;
}

/** Calls of `RED.nodes.registerType` with a literal object, of which the literal values are read. */
function registrationsIn(code: string): Registration[] {
	const all: Registration[] = [];
	walk.simple(acorn.parse(code, { ecmaVersion: 'latest' }), {
		CallExpression({ callee, arguments: [type, definition] }) {
			if (code.slice(callee.start, callee.end) !== 'RED.nodes.registerType') return;
			if (type?.type !== 'Literal' || definition?.type !== 'ObjectExpression') return;
			all.push({ type: String(type.value), definition: valueOf(definition) as Record<string, unknown> });
		},
	});
	return all;
}

/** Value of a literal; undefined for what would have to run. */
function valueOf(node: acorn.Expression): unknown {
	if (node.type === 'Literal') return node.value;
	if (node.type !== 'ObjectExpression') return undefined;
	return Object.fromEntries(
		node.properties.flatMap((property) => {
			if (property.type !== 'Property' || property.key.type !== 'Identifier') return [];
			return [[property.key.name, valueOf(property.value)]];
		}),
	);
}

describe('German', () => {
	test.each(allServices().map(({ id }) => id))('has no text for %s that is empty or the same as in English', (id) => {
		expect(Object.entries(germanOf(id)).filter(([english, text]) => english === text || text === '')).toEqual([]);
	});

	test.each(folders)('has all fixed words of the forms of %s', (_title, html, all) => {
		const [english, translated] = [parsed(all, localized(html, 'en-US')), parsed(all, localized(html, 'de'))];
		const places = ['words', ...Object.keys(english).map((type) => `${type}.ui`)];
		for (const place of places.filter((one) => lookUp(english, one) !== undefined)) {
			const words = Object.entries(lookUp(english, place) as Record<string, string>);
			const same = words.filter(([key, text]) => lookUp(translated, `${place}.${key}`) === text && !SAME.has(text));
			expect(same).toEqual([]);
		}
	});

	test('falls back to English where a text has no translation', () => {
		const files = serviceFiles(fixture);
		const titles = JSON.parse(files['resources/titles/test.de.json']!) as ServiceTitles;
		expect(titles['synology-test']?.entries['thing']).toMatchObject({ list: 'List things', create: 'Create a thing' });
		const forms = JSON.parse(files['resources/forms/test.de.json']!) as ServiceForms;
		expect(forms['synology-test']?.['thing']?.['create']).toMatchObject({
			summary: 'Creates a thing <with everything>.',
			unverified: true,
		});
	});
});

/** Words that are the same in both languages. */
const SAME = new Set(['Name', 'Synology NAS', 'msg.params']);
