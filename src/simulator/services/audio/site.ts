import type { ApiReply } from '../../core/behaviour';
import { dsmJson, parseValue } from '../../core/json';
import type { Nas, User } from '../../core/nas';
import type { Site } from '../../core/service';
import type { WireRequest } from '../../core/wire';
import { audioOf, type AudioState } from './state';
import type { Song } from './types';

/** Pages of the package that are no Web APIs: they take `action`, and answer flat, as text (audiostation.md 1). */
const PAGES: Record<string, (state: AudioState, user: User, raw: Record<string, string>) => object> = {
	'/webman/3rdparty/AudioStation/webUI/audio_userman.cgi': reindex,
	'/webman/3rdparty/AudioStation/tagEditorUI/tag_editor.cgi': tags,
};

export const AUDIO_APP = 'SYNO.SDS.AudioStation.Application';

/** The session comes by cookie, or in the query; a body is not looked at. Without it, or without the token: HTTP 403. */
function answer(nas: Nas, { http, raw }: WireRequest, ip: string): ApiReply {
	const session = nas.sessions.resume(http.cookies.id ?? http.query._sid, ip);
	const forbidden: ApiReply = { html: '<html><body>403 Forbidden</body></html>', status: 403 };
	if (typeof session === 'number') return forbidden;
	if (session.token !== undefined && http.token !== session.token) return forbidden;
	if (!nas.allows(session.user, AUDIO_APP)) return forbidden;
	const state = audioOf(nas);
	state.catchUp();
	const told = PAGES[http.path]?.(state, session.user, raw) ?? refused(101);
	return { html: dsmJson(told), status: 200 };
}

export const audioSite: Site = {
	serves: (nas, path) => Object.hasOwn(PAGES, path) && nas.packages.get('AudioStation')?.status === 'running',
	answer,
};

const refused = (code: number): object => ({ success: false, error: { code } });

function reindex(state: AudioState, user: User, { action }: Record<string, string>): object {
	if (!user.administrator) return refused(105);
	if (action === 'do_reindex') state.indexingUntil = state.now() + state.switches.indexMs;
	else if (action !== 'load_reindex') return refused(101);
	return action === 'do_reindex' ? { success: true } : { success: true, reindexing: state.now() < state.indexingUntil };
}

const FIELDS = [
	'album',
	'album_artist',
	'artist',
	'comment',
	'composer',
	'disc',
	'genre',
	'title',
	'track',
	'year',
] as const;

const tagsOf = (song: Song): Record<string, unknown> => ({
	path: song.path,
	...Object.fromEntries(FIELDS.map((name) => [name, song[name]])),
});

function tags(state: AudioState, user: User, { action, audioInfos, data }: Record<string, string>): object {
	if (!state.has(user, 'tag_edit')) return refused(105);
	if (action === 'load') return load(state, parseValue(audioInfos ?? ''));
	return action === 'apply' ? apply(state, parseValue(data ?? '')) : refused(101);
}

const songAt = (state: AudioState, path: unknown): Song | undefined =>
	[...state.songs.values()].find((song) => song.path === path);

function load(state: AudioState, infos: unknown): object {
	if (!Array.isArray(infos)) return refused(101);
	const songs = (infos as { path?: unknown }[]).map(({ path }) => songAt(state, path));
	const found = songs.filter((song) => song !== undefined);
	// What was written a moment ago is in the file, though not yet in the index.
	const fresh = found.map((song) => ({ ...song, ...state.tags.findLast(({ n }) => n === song.n)?.values }));
	return {
		success: true,
		files: fresh.map(tagsOf),
		lyrics: fresh.length === 1 ? fresh[0]!.lyrics : '',
		read_fail_count: songs.length - found.length,
	};
}

/** All fields go to all files, those that are left out as nothing. The index learns of it some seconds later. */
function apply(state: AudioState, changes: unknown): object {
	if (!Array.isArray(changes)) return refused(101);
	const failures: string[] = [];
	const files: object[] = [];
	for (const change of changes as Record<string, unknown>[]) {
		const numeric = new Set<string>(['disc', 'track', 'year']);
		const values = Object.fromEntries(
			FIELDS.map((name) => [name, numeric.has(name) ? Number(change[name] ?? 0) : String(change[name] ?? '')]),
		);
		for (const { path } of (change.audioInfos ?? []) as { path?: string }[]) {
			const song = songAt(state, path);
			if (!song || song.locked) {
				failures.push(path ?? '');
				continue;
			}
			const written = { ...values, lyrics: String(change.lyrics ?? '') };
			state.tags.push({ at: state.now() + state.switches.tagMs, n: song.n, values: written });
			files.push(tagsOf({ ...song, ...written }));
		}
	}
	return { success: true, files, read_fail_count: 0, write_fail_files: failures };
}
