import { describe, expect, test } from '@jest/globals';
import { readMultistatus } from '../../src/core/multistatus';
import { writeXml } from '../../src/core/xml';
import { readXml } from '../../src/core/xmlReader';

const list = (inner: string) => `<?xml version="1.0"?><multistatus xmlns="DAV:">${inner}</multistatus>`;
const entry = (href: string, prop: string, status = '200 OK') =>
	`<response><href>${href}</href><propstat><prop>${prop}</prop><status>HTTP/1.1 ${status}</status></propstat></response>`;
const textsOf = async (text: string) =>
	(await readMultistatus(text)).rows.map(({ path, status, props }) => [
		path,
		status,
		Object.fromEntries(Object.entries(props).map(([name, prop]) => [name, prop.text])),
	]);

/** What no parser of XML takes. */
const MALFORMED = [
	'',
	'a',
	'<a/><b/>',
	'<a/>text',
	'<a></b>',
	'<a b></a>',
	'<a b=c></a>',
	'<a b="1" b="2"></a>',
	'<a b="1"c="2"></a>',
	'<a b="<"></a>',
	'<a>&unknown;</a>',
	'<a>&</a>',
	'<a>&#0;</a>',
	'<a><![CDATA[</a>',
	'<a><!-- </a>',
	'<1/>',
	'< a/>',
	'<!DOCTYPE a><a/>',
];

describe('a multi-status', () => {
	test.each([
		['none', list(entry('/a', '<getetag>"1"</getetag>'))],
		[
			'others',
			'<x:multistatus xmlns:x="DAV:"><x:response><x:href>/a</x:href><x:propstat><x:prop><x:getetag>"1"</x:getetag></x:prop><x:status>HTTP/1.1 200 OK</x:status></x:propstat></x:response></x:multistatus>',
		],
		[
			'one that means something else here',
			'<card:multistatus xmlns:card="DAV:"><card:response><card:href>/a</card:href><card:propstat><card:prop><card:getetag>"1"</card:getetag></card:prop><card:status>HTTP/1.1 200 OK</card:status></card:propstat></card:response></card:multistatus>',
		],
	])('is read with %s as prefixes', async (_, text) => {
		expect(await textsOf(text)).toEqual([['/a', 200, { 'd:getetag': '"1"' }]]);
	});

	test('gives each path of an entry its status', async () => {
		const gone = '<response><href>/a</href><href>/b</href><status>HTTP/1.1 404 Not Found</status></response>';
		expect(await textsOf(list(gone + entry('http://nas:5000/c', '<getetag>"3"</getetag>')))).toEqual([
			['/a', 404, {}],
			['/b', 404, {}],
			['/c', 200, { 'd:getetag': '"3"' }],
		]);
	});

	test('leaves out what the server refused, and names what has a foreign namespace in full', async () => {
		const text = list(
			`<response><href>/a</href><propstat><prop><getetag>"1"</getetag><q:shade xmlns:q="urn:other">dark</q:shade></prop><status>HTTP/1.1 200 OK</status></propstat><propstat><prop><displayname/></prop><status>HTTP/1.1 404 Not Found</status></propstat></response>`,
		);
		expect(await textsOf(text)).toEqual([['/a', 200, { 'd:getetag': '"1"', '{urn:other}shade': 'dark' }]]);
	});

	test('keeps texts as they are: numbers, entities, CDATA, line breaks', async () => {
		const values = ['007', 'true', '1e5', 'R&amp;D &lt;x&gt;', '<![CDATA[a<b]]>', 'one&#13;\ntwo'];
		const read = values.map(async (value) => await textsOf(list(entry('/a', `<displayname>${value}</displayname>`))));
		expect((await Promise.all(read)).map(([row]) => row![2])).toEqual(
			['007', 'true', '1e5', 'R&D <x>', 'a<b', 'one\r\ntwo'].map((text) => ({ 'd:displayname': text })),
		);
	});

	test('holds the token for the next time', async () => {
		expect(await readMultistatus(list('<sync-token> urn:1 </sync-token>'))).toEqual({ rows: [], syncToken: 'urn:1' });
	});

	const whole = list(entry('/a', '<getetag>"1"</getetag>') + entry('/b', '<getetag>"2"</getetag>'));
	test('that stops anywhere is no answer', async () => {
		for (let end = 0; end < whole.length; end++) {
			await expect(readMultistatus(whole.slice(0, end))).rejects.toThrow('The NAS answered a list that cannot be read');
		}
		expect((await readMultistatus(whole)).rows).toHaveLength(2);
	});

	test.each([
		['<html><body><br></body></html>', 'it is not well-formed, or stops in the middle'],
		['<error xmlns="DAV:"/>', 'it begins with "d:error"'],
		['<multistatus xmlns="urn:other"/>', 'it begins with "{urn:other}multistatus"'],
		[list('<response><status>HTTP/1.1 200 OK</status></response>'), 'an entry has no path'],
		...MALFORMED.map((text) => [text, 'it is not well-formed, or stops in the middle'] as [string, string]),
		[list('<response><href>/a</href><status>fine</status></response>'), 'an entry has no status'],
	])('is not %s', async (text, reason) => {
		await expect(readMultistatus(text)).rejects.toThrow(`The NAS answered a list that cannot be read: ${reason}.`);
	});

	test('expands no entities of its own', async () => {
		const text = `<!DOCTYPE multistatus [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${list(entry('/&b;', '')).slice(21)}`;
		await expect(readMultistatus(text)).rejects.toThrow('cannot be read');
	});
});

describe('a document that is written', () => {
	test('declares the namespaces that it uses, and no others', () => {
		expect(writeXml({ 'd:propfind': { 'd:prop': { 'd:getetag': {}, 'cs:getctag': {} } } })).toBe(
			'<?xml version="1.0" encoding="utf-8"?><d:propfind xmlns:d="DAV:" xmlns:cs="http://calendarserver.org/ns/"><d:prop><d:getetag/><cs:getctag/></d:prop></d:propfind>',
		);
	});

	test('is read again as it was, whatever its texts hold', async () => {
		const text = `a<b> & "c" 'd'\r\n`;
		const root = await readXml(
			writeXml({ 'card:filter': { _attributes: { test: text.trim() }, 'd:href': [{ _text: text }, { _text: 'e' }] } }),
		);
		expect([root.name, root.attributes, root.children.map((child) => [child.name, child.text])]).toEqual([
			'card:filter',
			{ test: text.trim() },
			[
				['d:href', text],
				['d:href', 'e'],
			],
		]);
	});
});
