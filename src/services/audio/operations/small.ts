import { operation, resource } from '../../../catalog/operation';
import { DsmInputError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { keyword } from '../fields';
import { addRadio, listRadios, searchRadios, updateRadios } from '../wire/players';
import { listPins, pin as pinCall, renamePin, reorderPins, unpin as unpinCall } from '../wire/playlists';

const pin_id = z
	.string()
	.min(1)
	.meta({
		title: 'Pin',
		description: 'What is pinned to the home page',
		widget: 'picker',
		choices: { from: 'audio.pin.list', value: 'id', label: 'name' },
		by: { id: 'e.g. pin_1' },
	});
const name = z.string().min(1).meta({ title: 'Name', description: 'Name of the pin', placeholder: 'e.g. Jazz' });

const list = operation({
	title: 'List pins',
	summary: 'Gives what the account has pinned to the home page of Audio Station.',
	call: listPins,
	params: z.object({}),
});

const pin = operation({
	title: 'Pin music',
	summary: 'Pins an artist, album, composer or genre to the home page of the account.',
	call: pinCall,
	params: z.object({
		kind: z
			.enum(['artist', 'album', 'composer', 'genre'])
			.default('artist')
			.meta({ title: 'Kind', description: 'What is pinned' }),
		name: z.string().min(1).meta({
			title: 'Name',
			description: 'Name of it, exactly as it is stored',
			placeholder: 'e.g. The Lanterns',
		}),
		album_artist: z.string().default('').meta({
			title: 'Album Artist',
			description: 'Of an album: its artist, exactly as it is stored',
			placeholder: 'e.g. The Lanterns',
		}),
	}),
	request: ({ kind, name: of, album_artist }) => ({
		items: [{ type: kind, name: of, criteria: { [kind]: of, ...(kind === 'album' && { album_artist }) } }],
	}),
});

/** It can be pinned again: not marked as destructive. */
const unpin = operation({
	title: 'Unpin music',
	summary: 'Takes a pin from the home page of the account.',
	call: unpinCall,
	params: z.object({ pin_id }),
	request: ({ pin_id: id }) => ({ items: [id] }),
});

const rename = operation({
	title: 'Rename a pin',
	summary: 'Gives a pin another name; what it stands for stays as it is.',
	call: renamePin,
	params: z.object({ pin_id, name }),
	request: ({ pin_id: id, name: to }) => ({ items: [id], name: to }),
});

/** The whole order is sent. */
const move = operation({
	title: 'Move a pin',
	summary: 'Puts a pin at another place of the home page.',
	known: { call: listPins },
	call: reorderPins,
	params: z.object({
		pin_id,
		to: z.coerce
			.number<number | string>()
			.int()
			.min(0)
			.default(0)
			.meta({ title: 'New Position', description: 'Position that it gets, from 0' }),
	}),
	request({ pin_id: wanted, to }, known) {
		const rest = known.map(({ id }) => id).filter((id) => id !== wanted);
		if (rest.length === known.length) throw new DsmInputError(`There is no pin "${wanted}".`, { path: ['pin_id'] });
		return { items: [...rest.slice(0, to), wanted, ...rest.slice(to)] };
	},
});

export const pins = resource('Pin', { list, pin, unpin, rename, move });

/** Lists that stations can be put into. */
const container = z
	.enum(['UserDefined', 'Favorite'])
	.default('UserDefined')
	.meta({
		title: 'List',
		description: 'List of stations to work in',
		labels: { UserDefined: 'Own stations', Favorite: 'Favorites' },
	});
const any_container = z.string().min(1).default('UserDefined').meta({
	title: 'List',
	description: 'List of stations: UserDefined, Favorite, or one of a directory, such as SHOUTcast_genre_Jazz',
	placeholder: 'e.g. UserDefined',
});
const radio_id = z.string().min(1).meta({
	title: 'Station',
	description: 'ID of the station, as lists give it: its title and address',
	placeholder: 'e.g. radio_Example FM http://radio.example/fm',
});
const radioFields = {
	title: z.string().min(1).meta({ title: 'Title', description: 'Name of the station', placeholder: 'e.g. Example FM' }),
	url: z
		.string()
		.regex(/^https?:\/\/\S+$/, 'is no address, e.g. http://radio.example/fm')
		.meta({ title: 'Address', description: 'Address of the stream', placeholder: 'e.g. http://radio.example/fm' }),
	desc: z.string().default('').meta({ title: 'Description', description: 'What the station is about', advanced: true }),
};

const listStations = operation({
	title: 'List radio stations',
	summary: 'Gives the stations of a list, or the lists of a directory.',
	call: listRadios,
	params: z.object({ container: any_container }),
	request: (given) => ({ ...given, library: 'all' }),
});

const searchStations = operation({
	title: 'Search radio stations',
	summary: 'Gives the stations of a list whose titles hold a text.',
	call: searchRadios,
	params: z.object({ container: any_container, keyword }),
});

const addStation = operation({
	title: 'Add a radio station',
	summary: 'Puts a station into a list of the account.',
	call: addRadio,
	params: z.object({ container, ...radioFields }),
});

const placeOf = (wanted: string, known: readonly { id: string }[]): number => {
	const place = known.findIndex(({ id }) => id === wanted);
	if (place < 0) throw new DsmInputError(`The list has no station "${wanted}".`, { path: ['radio_id'] });
	return place;
};

const before = { call: listRadios, request: (given: { container: string }) => ({ ...given, library: 'all' }) };

const updateStation = operation({
	title: 'Update a radio station',
	summary: 'Replaces title, address and description of a station.',
	known: { call: listRadios, request: ({ container: of }) => before.request({ container: of }) },
	call: updateRadios,
	params: z.object({ container, radio_id, ...radioFields }),
	request: ({ container: of, radio_id: wanted, ...radio }, known) => ({
		container: of,
		offset: placeOf(wanted, known),
		limit: 1,
		radios_json: JSON.stringify([radio]),
	}),
});

const removeStation = operation({
	title: 'Remove a radio station',
	summary: 'Takes a station out of a list of the account.',
	known: { call: listRadios, request: ({ container: of }) => before.request({ container: of }) },
	call: updateRadios,
	params: z.object({ container, radio_id }),
	request: ({ container: of, radio_id: wanted }, known) => ({
		container: of,
		offset: placeOf(wanted, known),
		limit: 1,
		radios_json: '[]',
	}),
	destructive: true,
	deletes: true,
});

export const radios = resource('Radio station', {
	list: listStations,
	search: searchStations,
	add: addStation,
	update: updateStation,
	remove: removeStation,
});
