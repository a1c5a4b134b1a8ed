import { describe, expect, test } from '@jest/globals';
import { parseLocation } from '../../src/core/url';

describe('address of a NAS', () => {
	test.each([
		['nas.example.com', 'https://nas.example.com:5001'],
		['https://nas.example.com', 'https://nas.example.com:5001'],
		['http://nas.example.com', 'http://nas.example.com:5000'],
		['https://nas.example.com:443', 'https://nas.example.com:443'],
		['http://nas.example.com:80/', 'http://nas.example.com:80'],
		['https://nas.example.com:8443/dsm/', 'https://nas.example.com:8443/dsm'],
		['https://nas.example.com:5001/webapi', 'https://nas.example.com:5001'],
		['https://nas.example.com:5001/dsm/webapi/entry.cgi?api=x', 'https://nas.example.com:5001/dsm'],
		['https://nas.example.com:5001/#/signin', 'https://nas.example.com:5001'],
		['  192.0.2.10  ', 'https://192.0.2.10:5001'],
		['192.0.2.10:5000', 'https://192.0.2.10:5000'],
		['https://[2001:db8::1]', 'https://[2001:db8::1]:5001'],
		['localhost', 'https://localhost:5001'],
		['https://abc.direct.quickconnect.to:5001', 'https://abc.direct.quickconnect.to:5001'],
	])('%s becomes %s', (entered, url) => {
		expect(parseLocation(entered)).toMatchObject({ kind: 'url', url });
	});

	test('without a port the one of the scheme is the second choice, with a port there is none', () => {
		expect(parseLocation('https://nas.example.com/dsm')).toEqual({
			kind: 'url',
			url: 'https://nas.example.com:5001/dsm',
			otherwise: 'https://nas.example.com:443/dsm',
		});
		expect(parseLocation('http://nas.example.com')).toMatchObject({ otherwise: 'http://nas.example.com:80' });
		expect(parseLocation('https://nas.example.com:5001')).toEqual({ kind: 'url', url: 'https://nas.example.com:5001' });
	});

	test.each([
		['alice-home', 'alice-home'],
		['https://quickconnect.to/alice-home', 'alice-home'],
		['https://alice-home.quickconnect.to', 'alice-home'],
		['https://alice-home.us5.quickconnect.to', 'alice-home'],
	])('%s is the QuickConnect id %s', (entered, id) => {
		expect(parseLocation(entered)).toEqual({ kind: 'quickconnect', id });
	});

	test.each(['ftp://nas.example.com', 'https://alice:secret@nas.example.com', 'https://'])(
		'%s is refused',
		(entered) => {
			expect(() => parseLocation(entered)).toThrow(expect.objectContaining({ code: 'input' }));
		},
	);
});
