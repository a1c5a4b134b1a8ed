import { describe, expect, test } from '@jest/globals';
import { additionalTo as hostAdditionalTo } from '../../src/host/additional';
import { headOf, nodesOf } from '../../src/nodered/editor/model';
import { allServices, serviceById } from '../../src/services';

/*
 * The parts of the browser code that need no browser; forms themselves are looked at in a whole editor (test/e2e). Its types are of
 * another world, hence no imports.
 */
interface Value {
	type: string;
	value: string;
}

const { checkEntry, isLimit } = require('../../src/nodered/browser/check') as {
	checkEntry: (
		node: object,
		head: { required?: string[] } | undefined,
		values?: Record<string, Value>,
		title?: (field: string) => string,
	) => true | string;
	isLimit: (value: unknown) => boolean;
};
const { split } = require('../../src/nodered/browser/pickers') as {
	split: (field: { list?: true }, text: string) => { kept: string; part: string };
};
const { languageOf } = require('../../src/nodered/browser/request') as {
	languageOf: (wanted: string, written: readonly string[]) => string;
};

type Heads = { groups: Record<string, Record<string, { required?: string[] }>> };

const { additionalTo, areAdditional } = require('../../src/nodered/browser/additional') as {
	additionalTo: (head: Heads, chosen: string) => string[];
	areAdditional: (head: Heads, chosen: string, value: unknown) => boolean;
};

const { found } = require('../../src/nodered/browser/chooser') as {
	found: (choices: { title: string; text: string }[], query: string) => { title: string }[];
};

const { statusText } = require('../../src/nodered/browser/status') as {
	statusText: (table: Record<string, string>, text: string) => string | undefined;
};

const { checkText } = require('../../src/nodered/browser/nasCheck') as {
	checkText: (table: Record<string, string>, text: string) => string;
};

const node = {
	type: 'synology-test',
	_: (key: string, { field }: { field: string }) => `${key.split('.').at(-1)} ${field}`,
};
const str = (value: string): Value => ({ type: 'str', value });

describe('the check of a saved node', () => {
	const head = { required: ['channel', 'text'] };

	test('names the first required parameter that is empty', () => {
		expect(checkEntry(node, head, { channel: str('1') })).toBe('required text');
		expect(checkEntry(node, head, { channel: { type: 'pick', value: '' }, text: str('x') })).toBe('required channel');
		expect(checkEntry(node, head)).toBe('required channel');
	});

	test('takes an expression or a message property as given', () => {
		(globalThis as { RED?: object }).RED = { utils: { validateTypedProperty: () => true } };
		expect(checkEntry(node, head, { channel: { type: 'msg', value: '' }, text: { type: 'env', value: 'X' } })).toBe(
			true,
		);
		delete (globalThis as { RED?: object }).RED;
	});

	test('refuses what is no number and what is no JSON', () => {
		expect(checkEntry(node, {}, { count: { type: 'num', value: 'three' } })).toBe('notNumber count');
		expect(checkEntry(node, {}, { extra: { type: 'json', value: '{' } })).toBe('notJson extra');
		expect(checkEntry(node, {}, { count: { type: 'num', value: '3' }, extra: { type: 'json', value: '{}' } })).toBe(
			true,
		);
	});

	test('accepts an operation that is not known: another check says so', () => {
		expect(checkEntry(node, undefined, {})).toBe(true);
	});

	test('wants whole numbers above 0 as limit, or nothing', () => {
		expect(['', undefined, '5', 1].map(isLimit)).toEqual([true, true, true, true]);
		expect(['0', '-1', '1.5', 'all'].map(isLimit)).toEqual([false, false, false, false]);
	});
});

describe('additional events', () => {
	const groups = { trigger: { made: {}, found: { required: ['word'] }, lost: { required: ['word'] } } };

	test('are those whose required parameters the form has, as the runtime sees it', () => {
		expect(additionalTo({ groups }, 'found')).toEqual(['made', 'lost']);
		expect(additionalTo({ groups }, 'made')).toEqual([]);
		for (const { id, triggers } of allServices().filter((service) => Object.keys(service.triggers).length > 0)) {
			const spec = nodesOf(serviceById(id)).find(({ kind }) => kind === 'trigger')!;
			for (const name of Object.keys(triggers)) {
				const here = additionalTo(headOf(spec), name);
				expect([name, ...here].sort()).toEqual([...hostAdditionalTo(triggers, name)].sort());
			}
		}
	});

	test('that a node holds are checked', () => {
		expect(areAdditional({ groups }, 'found', 'made,found')).toBe(true);
		expect(areAdditional({ groups }, 'made', undefined)).toBe(true);
		expect(areAdditional({ groups }, 'made', 'found')).toBe(false);
	});
});

describe('a pick list', () => {
	test('searches for what stands behind the last comma where several values may be picked', () => {
		expect(split({ list: true }, '1, 2,gen')).toEqual({ kept: '1, 2, ', part: 'gen' });
		expect(split({ list: true }, 'gen')).toEqual({ kept: '', part: 'gen' });
		expect(split({}, 'a,b')).toEqual({ kept: '', part: 'a,b' });
	});
});

describe('the search for an operation', () => {
	const choices = [
		['List channels', 'channel\nlists them.\nsyno.chat.channel list get many'],
		['Send a message', 'message\nposts to a channel.\nsyno.chat.post create post write'],
		['Send to many', 'message\nposts to several channels.\nsyno.chat.post create'],
	].map(([title, rest]) => ({ title: title!, text: `${title!.toLowerCase()}\n${rest}` }));
	const titlesFor = (query: string) => found(choices, query).map(({ title }) => title);

	test('finds by title, resource, summary, call and other verbs, the best first', () => {
		expect(titlesFor('channel')).toEqual(['List channels', 'Send a message', 'Send to many']);
		expect(titlesFor('syno.chat.post')).toEqual(['Send a message', 'Send to many']);
		expect(titlesFor('get many')).toEqual(['List channels']);
		expect(titlesFor('to MANY send')).toEqual(['Send to many']);
	});

	test('wants all words, in any order', () => {
		expect(titlesFor('several send')).toEqual(['Send to many']);
		expect(titlesFor('send nothing')).toEqual([]);
	});
});

describe('a status', () => {
	const table = {
		'running #, waiting #': 'laufend: #, wartend: #',
		'new #, #:#': 'neu: #, #:#',
		'check *': '* prüfen',
	};

	test.each([
		['running 3, waiting 12', 'laufend: 3, wartend: 12'],
		['new 2, 14:05', 'neu: 2, 14:05'],
		['check channel_id', 'channel_id prüfen'],
		['something else', undefined],
	])('"%s" is shown in the language of the editor', (text, shown) => {
		expect(statusText(table, text)).toBe(shown);
	});

	test('stays as it is where the language has no text of its own', () => {
		expect(statusText({}, 'check channel_id')).toBeUndefined();
	});
});

describe('the language of the fetched texts', () => {
	test.each([
		['de', 'de'],
		['de-AT', 'de'],
		['en-US', 'en-US'],
		['en', 'en-US'],
		['fr', 'en-US'],
	])('is for an editor in %s %s', (wanted, found) => {
		expect(languageOf(wanted, ['en-US', 'de'])).toBe(found);
	});
});

describe('what a check found', () => {
	const german = {
		'# work': '# gehen',
		'needs the package "*"': 'braucht das Paket „*“',
		'code #': 'Code #',
		'code #: *': 'Code #: *',
		'left out: it would keep the NAS busy': 'ausgelassen',
	};
	test.each([
		['15 work', '15 gehen'],
		['38 × needs the package "Chat (3.x)"', '38 × braucht das Paket „Chat (3.x)“'],
		['2 × code 1076: They are off. 5 × code 7', '2 × Code 1076: They are off. 5 × code 7'],
		['1 × code 408', '1 × Code 408'],
		['4 × left out: it would keep the NAS busy', '4 × ausgelassen'],
		['1 × something else', '1 × something else'],
	])('is told in the language of the editor: %s', (text, shown) => {
		expect(checkText(german, text)).toBe(shown);
	});
});
