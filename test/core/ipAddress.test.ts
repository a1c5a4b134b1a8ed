import { expect, test } from '@jest/globals';
import { isIP } from 'node:net';
import { isIpAddress } from '../../src/core/ipAddress';

test.each([
	'192.0.2.1',
	'0.0.0.0',
	'255.255.255.255',
	'::',
	'::1',
	'2001:DB8::7',
	'::ffff:192.0.2.1',
	'1:2:3:4:5:6:7:8',
])('%s is an IP address', (text) => {
	expect([isIpAddress(text), isIP(text) !== 0]).toEqual([true, true]);
});

test.each([
	'',
	'1.2.3',
	'1.2.3.4.5',
	'256.1.1.1',
	'01.2.3.4',
	'1.2.3.4 ',
	':',
	':::',
	'1::2::3',
	'1:2:3:4:5:6:7:8:9',
	'nas:1',
	'[::1]',
])('"%s" is none', (text) => {
	expect([isIpAddress(text), isIP(text) !== 0]).toEqual([false, false]);
});
