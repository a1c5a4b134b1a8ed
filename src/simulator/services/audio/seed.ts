import type { Nas } from '../../core/nas';
import { audioOf, type AudioState } from './state';

const HOUR = 3_600_000;

/** Albums: name, artist of the album, artist, genre, year, titles. Names are as odd as those of real libraries. */
const ALBUMS: readonly [string, string, string, string, number, readonly string[]][] = [
	['Night Drive', 'The Lanterns', 'The Lanterns', 'Rock', 2015, ['Hello Again', 'Long Road', 'Städte & Lichter']],
	['25, or So', 'Ada Müller', 'Ada Müller', 'Pop', 2016, ['Water / Fire', 'What?', 'Ünder “Quotes”']],
	['Various Moods', '', 'Kai 海', 'Jazz', 2009, ['雨の歌', 'Blue, Not Blue']],
	['Various Moods', 'Sextet', 'Sextet', 'Jazz', 2010, ['Six = 6 + 0']],
	['Jingles', 'House', 'House', 'Speech', 2024, ['Doorbell', 'Dinner is ready']],
];

const PEOPLE: Record<string, string> = { 'Night Drive': 'J. Lantern', '25, or So': 'Ada Müller' };

/** Five albums, two players of the network and two others, playlists of all kinds, a station, a pin. */
export function seedAudio(nas: Nas): void {
	const audio = audioOf(nas);
	addAlbums(audio, nas.clock.now());
	audio.addPlayer({
		id: 'uuid:a756f073-1111-2222-3333-444455556666',
		name: 'Living room (DLNA)',
		type: 'upnp',
		needsPlay: true,
	});
	audio.addPlayer({ id: '0006785AC8AE', name: 'Kitchen', type: 'airplay' });
	audio.addPlayer({ id: '0006785AC8AF', name: 'Office', type: 'airplay', support_set_volume: false });
	audio.addPlayer({
		id: '__SYNO_Multiple_AirPlay__',
		name: 'Multiple AirPlay Devices',
		type: 'airplay',
		is_multiple: true,
	});
	audio.addPlaylist({ name: 'Party', library: 'personal', owner: 'alice', songs: ['music_1', 'music_4'] });
	audio.addPlaylist({ name: 'Jazz', library: 'shared', owner: 'alice', songs: ['music_7'] });
	const rules = [{ tag: 3, op: 1, tagval: 'Rock', interval: 0 }];
	audio.addPlaylist({ name: 'All rock', library: 'personal', owner: 'alice', type: 'smart', rules });
	audio.radios.get('UserDefined')!.push({ title: 'Example FM', url: 'http://radio.example/fm', desc: 'News' });
	audio.addPin('alice', { type: 'artist', name: 'The Lanterns', criteria: { artist: 'The Lanterns' } });
}

function addAlbums(audio: AudioState, now: number): void {
	for (const [order, [album, album_artist, artist, genre, year, titles]] of ALBUMS.entries()) {
		const folder = `/music/${artist}/${album}`;
		for (const [index, title] of titles.entries()) {
			const file = `${String(index + 1).padStart(2, '0')} ${title.replaceAll('/', '_')}.mp3`;
			audio.addSong({
				path: `${folder}/${file}`,
				title,
				artist,
				album,
				album_artist,
				genre,
				year,
				composer: PEOPLE[album] ?? '',
				track: index + 1,
				disc: 1,
				duration: genre === 'Speech' ? 5 : 180 + 10 * index,
				cover: album === 'Night Drive',
				lyrics: title === 'Hello Again' ? 'Hello again\nfrom the road' : '',
				rating: title === 'Long Road' ? 4 : 0,
				addedAt: now - (ALBUMS.length - order) * 24 * HOUR,
			});
		}
	}
}
