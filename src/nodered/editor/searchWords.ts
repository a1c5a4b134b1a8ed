import { callsOf } from '../../catalog/operation';
import type { Declaration } from './model';
import type { Translate } from './locales';

/** Verbs of the operations, and what people type who mean them. */
const SYNONYMS: Record<string, string> = {
	add: 'append insert put',
	block: 'ban',
	call: 'request',
	cancel: 'abort stop',
	clear: 'empty delete',
	create: 'add new make insert',
	delete: 'remove erase destroy',
	disable: 'switch off deactivate',
	download: 'get fetch save read file',
	enable: 'switch on activate',
	find: 'search look up get',
	get: 'read fetch show look up',
	list: 'get many all read show',
	move: 'transfer',
	pause: 'hold stop',
	pin: 'bookmark',
	play: 'start',
	remove: 'delete take out',
	rename: 'name title',
	restart: 'reboot',
	resume: 'continue start',
	search: 'find query look up',
	send: 'post write message notify publish',
	set: 'change update write',
	share: 'publish permission link',
	star: 'favourite favorite bookmark',
	start: 'run begin launch',
	stop: 'end halt',
	update: 'edit change modify set',
	upload: 'put write save send file',
	wait: 'until poll',
};

/**
 * What finds an operation or event beside its title and summary: the calls that it makes, as somebody knows them who writes to the NAS
 * by hand, its name in the catalogue, and other verbs for the same.
 */
export function searchWords(name: string, declaration: Declaration, translate: Translate): string {
	const calls = declaration.kind === 'push' || declaration.kind === 'trigger' ? declaration.uses : callsOf(declaration);
	const verb = name.split(/[A-Z]/)[0]!;
	const other = SYNONYMS[verb];
	return [
		...new Set([
			name,
			...calls.map(({ api, method }) => `${api} ${method}`),
			...(other ? [other, translate(other)] : []),
		]),
	]
		.join(' ')
		.toLowerCase();
}
