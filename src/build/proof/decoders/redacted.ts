import { createRedactor } from '../../../core/redact';
import type { Decoder } from '../decoder';

const redactor = createRedactor();
redactor.add('pass word');
redactor.addPassing('0123456789abcdef');

/** Texts of errors and log lines. */
export const decoder: Decoder = {
	title: 'Lines of logs and errors, looked through for secrets',
	read: (text) => [redactor.text(text), redactor.value({ passwd: text, a: [text] })],
	means: () => false,
	frames: [['', '']],
	pieces: [
		'passwd=',
		'passwd=a&',
		'"sid":"',
		'\\"sid\\":\\"',
		'"passwd":1',
		'Cookie: a=',
		'authorization: a b',
		'//a:b@',
		'//',
		'id=',
		'pass ',
		'pass word',
		'0123456789abcde',
	],
	most: 150,
};
