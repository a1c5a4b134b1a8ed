import type { SettableClock } from '../../../src/simulator';
import { audio } from '../../../src/services/audio';
import { audioOf, type AudioState } from '../../../src/simulator/services/audio';
import type { Scene } from '../../support/nas';

const { resources } = audio;
export const players = resources.player.operations;
export const queues = resources.queue.operations;
export const library = resources.library.operations;
export const songs = resources.song.operations;
export const albums = resources.album.operations;
export const artists = resources.artist.operations;
export const composers = resources.composer.operations;
export const genres = resources.genre.operations;
export const folders = resources.folder.operations;
export const playlists = resources.playlist.operations;
export const lyrics = resources.lyric.operations;
export const tags = resources.tag.operations;
export const radios = resources.radio.operations;
export const pins = resources.pin.operations;

export const KITCHEN = '0006785AC8AE';
export const OFFICE = '0006785AC8AF';
export const LIVING_ROOM = 'uuid:a756f073-1111-2222-3333-444455556666';
export const PARTY = 'playlist_personal_normal/Party';

export const state = ({ simulator }: Pick<Scene, 'simulator'>): AudioState => audioOf(simulator.nas);
export const player = (scene: Scene, id = KITCHEN) => state(scene).players.get(id)!;
export const later = ({ simulator }: Scene, seconds: number): void =>
	(simulator.nas.clock as unknown as SettableClock).advance(seconds * 1000);

/** Bytes of a file answer. */
export async function bytesOf({ stream }: { stream: AsyncIterable<Uint8Array> }): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of stream) chunks.push(chunk);
	return Buffer.concat(chunks);
}

/** Parameters of the last call of a method. */
export const lastOf = ({ simulator }: Scene, method: string): Record<string, unknown> | undefined =>
	simulator.requests.filter((request) => request.method === method).at(-1)?.params;
