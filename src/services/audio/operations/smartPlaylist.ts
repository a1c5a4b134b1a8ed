import { operation } from '../../../catalog/operation';
import { DsmInputError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { libraryOf, playlist_id, shared } from '../fields';
import { asksPlaylist, madePlaylist, playlistsBefore, ruleFields, rulesOf } from '../lib/playlists';
import { createSmart as createCall, getPlaylist, updateSmart as updateCall } from '../wire/playlists';
import { made } from '../wire/rows';

const new_name = z
	.string()
	.min(1)
	.meta({ title: 'Name', description: 'Name of the playlist', placeholder: 'e.g. Party' });

const createSmart = operation({
	title: 'Create a smart playlist',
	summary: 'Creates a playlist that holds the songs which fit rules.',
	known: playlistsBefore,
	call: createCall,
	lost: madePlaylist,
	params: z.object({ name: new_name, shared, ...ruleFields }),
	request: ({ name, shared: isShared, match, rules }) => ({
		name,
		library: libraryOf(isShared),
		conj_rule: match,
		rules_json: rulesOf(rules),
	}),
	// The numbers that stand for fields and comparisons are those of the web interface, seen by others only.
	basis: 'inferred',
});

const updateSmart = operation({
	title: 'Update a smart playlist',
	summary: 'Replaces the rules of a smart playlist, and its name if one is given; the result tells its ID.',
	known: { call: getPlaylist, request: ({ playlist_id: id }: { playlist_id?: unknown }) => asksPlaylist(String(id)) },
	call: updateCall,
	params: z.object({
		playlist_id,
		name: new_name.optional().meta({ title: 'Name', description: 'New name of the playlist; as it is when empty' }),
		...ruleFields,
	}),
	request({ playlist_id: id, name, match, rules }, known) {
		if (known.type === 'normal')
			throw new DsmInputError(`"${known.name}" is no smart playlist.`, { path: ['playlist_id'] });
		return { id, new_name: name ?? known.name, conj_rule: match, rules_json: rulesOf(rules) };
	},
	result: made,
	response: (answer) => answer,
});

/** Playlists whose songs follow from rules. */
export const smart = { createSmart, updateSmart };
