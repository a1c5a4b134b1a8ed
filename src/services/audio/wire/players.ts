import { call, repeatable } from '../../../catalog/wire';
import { field, row } from '../../../catalog/row';
import { z } from '../../../vendor/zod';
import { DOSSIER, player, song, status } from './rows';

const PLAYER = 'SYNO.AudioStation.RemotePlayer';
const read = { readOnly: true } as const;
const at = { basis: 'capture', source: `${DOSSIER} 4.15` } as const;

/** The NAS looks for players in the network: shortly after its start the list may be short. */
export const listPlayers = call(PLAYER, 'list', 3, { list: 'players', of: player, ...read, ...at });

/** A lighter CGI than that of the player itself, with the same answer. */
export const getStatus = call('SYNO.AudioStation.RemotePlayerStatus', 'getstatus', 2, {
	answer: status,
	...read,
	...at,
});

export const getQueue = call(PLAYER, 'getplaylist', 3, {
	list: 'songs',
	of: song,
	also: { current: z.number().nullable().optional(), timestamp: z.unknown().optional() },
	...read,
	...at,
});

/** A splice of the queue: takes `limit` songs from `offset` away and puts others there. */
export const updateQueue = call(PLAYER, 'updateplaylist', 3, at);
export const control = call(PLAYER, 'control', 3, at);
/** Orders that leave the same however often they are given: not the next song. */
export const controlTo = repeatable(control);
/** The same where clients alone tell of the action. */
export const controlMore = call(PLAYER, 'control', 3, { basis: 'clients', source: `${DOSSIER} 4.15` });
export const controlMoreTo = repeatable(controlMore);
export const setPassword = repeatable(call(PLAYER, 'setpassword', 3, { basis: 'inferred', source: `${DOSSIER} 4.15` }));

const RADIO = 'SYNO.AudioStation.Radio';
const radio = { basis: 'clients', source: `${DOSSIER} 4.17` } as const;
const radios = {
	list: 'radios',
	of: row({
		id: field.id(),
		title: field.text(),
		type: field.text().optional(),
		url: field.text().optional(),
		desc: field.text().optional(),
	}),
	page: 1000,
	...read,
	...radio,
} as const;
export const listRadios = call(RADIO, 'list', 2, radios);
export const searchRadios = call(RADIO, 'search', 2, radios);
export const addRadio = call(RADIO, 'add', 2, radio);
/** A splice as well: an empty list takes stations away. */
export const updateRadios = call(RADIO, 'updateradios', 2, radio);
