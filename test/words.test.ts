import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { allServices, operationsOf, pushesOf, rightOf, triggersOf } from '../src/services';
import { callsOf, idOf } from '../src/catalog/operation';
import { jsonSchema } from '../src/build/schema';
import { germanOf } from '../src/nodered/locales/german';

const services = allServices();
const operations = services.flatMap(operationsOf);
const events = services.flatMap((service) => [...triggersOf(service), ...pushesOf(service)]);
const glossary = readFileSync(path.join(__dirname, '../docs/glossary.md'), 'utf8');

/** Verbs as the glossary lists them. */
const VERBS = new Set(
	glossary
		.slice(glossary.indexOf('## Names of operations'))
		.split('\n')
		.filter((line) => line.startsWith('- '))
		.flatMap((line) => [...line.matchAll(/`([a-z]+)`/g)].map(([, verb]) => verb!)),
);
const OPPOSITES = [
	['add', 'remove'],
	['star', 'unstar'],
	['pin', 'unpin'],
	['share', 'unshare'],
	['publish', 'unpublish'],
	['archive', 'unarchive'],
	['subscribe', 'unsubscribe'],
	['enable', 'disable'],
	['complete', 'reopen'],
	['join', 'leave'],
] as const;
/** Operations that have no opposite because the NAS has none, or another operation does it. */
const ALONE: Record<string, string> = {
	'audio.queue.addCollection': 'songs are removed, by what they are',
	'audio.playlist.addCollection': 'songs are removed, by what they are',
	'audio.playlist.removeSongsById': 'songs are added by addSongs',
	'audio.playlist.removeMissing': 'what is missing cannot be added',
	'chat.channel.removeMembers': 'people are invited, they are not added',
	'chat.channel.archive': 'no call that takes a channel out of the archive is known',
	'chat.poll.removeVote': 'its opposite is to vote',
	'chat.poll.addChoice': 'Chat cannot take a choice back',
	'contacts.photo.remove': 'a photo is set, since there is one at most',
	'contacts.addressBook.share': 'sharing with nobody ends it',
};

/** What people read of a declaration. */
function textsOf(item: (typeof operations)[number] | (typeof events)[number]): string[] {
	const fields = Object.values(jsonSchema(item.params, 'input').properties ?? {});
	const said = fields.flatMap(({ title, description, labels = {} }) => [title, description, ...Object.values(labels)]);
	return [item.title, item.summary, ...said].filter((text) => text !== undefined);
}

/** Names of the fields that an item or event has, and which of them *Simplify* keeps. */
function rowOf(item: (typeof operations)[number] | (typeof events)[number]): { names: string[]; simple?: string[] } {
	const schema = jsonSchema('result' in item ? item.result : item.event, 'output');
	const row = (schema.items ?? schema) as typeof schema & { simple?: string[] };
	return { names: Object.keys(row.properties ?? {}), ...(row.simple && { simple: row.simple }) };
}

const nameOf = (id: string) => id.split('.').at(-1)!;
const verbOf = (id: string) => /^[a-z]+/.exec(nameOf(id))![0];

describe('names', () => {
	test('of operations begin with a verb of the glossary', () => {
		expect(operations.map(idOf).filter((id) => !VERBS.has(verbOf(id)))).toEqual([]);
	});

	test.each(OPPOSITES)('what can %s can %s, too', (one, other) => {
		const ids = new Set(operations.map(idOf));
		const lonely = [...ids].filter((id) => {
			const verb = verbOf(id);
			if (verb !== one && verb !== other) return false;
			const twin = id.replace(new RegExp(`\\.${verb}(?=[A-Z]|$)`), `.${verb === one ? other : one}`);
			return !ids.has(twin) && !(id in ALONE);
		});
		expect(lonely).toEqual([]);
	});

	test('of fields and parameters are in snake_case', () => {
		const odd = [...operations, ...events].flatMap((item) => {
			const result = 'result' in item ? item.result : item.event;
			const schemas = [jsonSchema(item.params, 'input'), jsonSchema(result, 'output')];
			return schemas
				.flatMap((schema) => Object.keys((schema.items ?? schema).properties ?? {}))
				.filter((name) => !/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name))
				.map((name) => `${idOf(item)}: ${name}`);
		});
		expect(odd).toEqual([]);
	});
});

describe('texts', () => {
	test('of triggers say when they start', () => {
		expect(events.filter(({ summary }) => !/^Starts (at once )?when /.test(summary)).map(idOf)).toEqual([]);
	});

	test('of operations are a verb and an object in sentence case', () => {
		expect(operations.filter(({ title }) => !/^[A-Z][a-z]+( |$)/.test(title)).map(idOf)).toEqual([]);
	});

	test('are American English, in the words of the glossary', () => {
		const wrong = [...operations, ...events].flatMap((item) =>
			textsOf(item)
				.filter((text) => /colour|favourite|licence|organis|recognis|labelled|cancelled|\btodos?\b/i.test(text))
				.map((text) => `${idOf(item)}: ${text}`),
		);
		expect(wrong).toEqual([]);
	});
});

describe('German', () => {
	test.each(services)('has each title, summary and description of $id', (service) => {
		const german = germanOf(service.id);
		const all = [...operationsOf(service), ...triggersOf(service), ...pushesOf(service)];
		const missing = all.flatMap(({ title, summary, params }) => {
			const fields = Object.values(jsonSchema(params, 'input').properties ?? {});
			const texts = [title, summary, ...fields.map(({ description }) => description)];
			return texts.filter((text) => text !== undefined && !(text in german));
		});
		expect(missing).toEqual([]);
	});
});

describe('marks', () => {
	const TAKES = new Set(['delete', 'remove', 'clear', 'revoke', 'leave']);
	/** What takes something away that is made again as easily. */
	const HARMLESS: Record<string, string> = {
		'chat.reaction.remove': 'one call puts the own reaction back',
		'chat.hashtag.remove': 'one call puts the tag back',
		'chat.user.clearStatus': 'a status text is said anew',
		'chat.poll.removeVote': 'one votes again',
		'drive.label.remove': 'the file and the label stay',
		'file.task.clear': 'ended tasks leave a list; what they did stays',
		'note.tag.remove': 'the note and the tag stay',
		'note.share.removeUser': 'one call shares again',
		'note.share.removeGroup': 'one call shares again',
		'note.shortcut.remove': 'the note stays',
		'contacts.label.removeContacts': 'the contacts and the label stay',
	};

	test('whatever takes something away is destructive, or has a reason why not', () => {
		const unmarked = operations.filter(
			(one) => TAKES.has(verbOf(idOf(one))) && !one.destructive && !(idOf(one) in HARMLESS),
		);
		expect(unmarked.map(idOf)).toEqual([]);
	});

	test('whatever deletes says so, and answers it in both hosts', () => {
		expect(operations.filter((one) => nameOf(idOf(one)) === 'delete' && !one.deletes).map(idOf)).toEqual([]);
		expect(operations.filter(({ deletes, destructive }) => deletes && !destructive).map(idOf)).toEqual([]);
	});

	test('an event or row of more than ten fields says which of them a person would pick', () => {
		const rows = [...operations, ...events].map((item) => ({ item, ...rowOf(item) }));
		const unsaid = rows.filter(({ names, simple }) => names.length > 10 && !(simple && simple.length <= 10));
		expect(unsaid.map(({ item }) => idOf(item))).toEqual([]);
		// A row that is dressed elsewhere may name what it gets there.
		const all = new Set(rows.flatMap(({ names }) => names));
		expect(rows.flatMap(({ simple = [] }) => simple).filter((name) => !all.has(name))).toEqual([]);
	});
});

describe('rights', () => {
	test('that only an administrator has are said to whoever chooses an operation or an event, and no others', () => {
		const told = (summary: string) =>
			/(Needs an administrator\b.*|\(administrators\)\.|for administrators only\b.*)$/.test(summary);
		const all = services.flatMap((service) => [...operationsOf(service), ...triggersOf(service)]);
		const wrong = all.filter((item) => told(item.summary) !== (rightOf(idOf(item)) === 'administrator'));
		expect(wrong.map(idOf)).toEqual([]);
	});
});

describe('evidence', () => {
	test('each call says how well it is known, and where from', () => {
		const bare = [...operations, ...events].flatMap((item) => {
			const calls = 'uses' in item ? item.uses : callsOf(item);
			return calls
				.filter(({ basis, source }) => !basis || !source)
				.map(({ api, method }) => `${idOf(item)}: ${api} ${method}`);
		});
		expect([...new Set(bare)]).toEqual([]);
	});

	test('at most one operation in four is code', () => {
		const code = operations.filter(({ kind }) => kind === 'procedure').map(idOf);
		expect(code.length / operations.length).toBeLessThanOrEqual(0.25);
	});
});
