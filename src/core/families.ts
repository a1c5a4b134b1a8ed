import type { Explained } from './codes';

const CHECK = 'Check the parameters and the state of what the call is about.';

/** Texts of families that have no service yet, by prefix of the API name (core.md 8.4), longest prefix first. */
const families: readonly (readonly [prefix: string, texts: Readonly<Record<number, string>>, remedy?: string])[] = [
	[
		'SYNO.DownloadStation.BTSearch',
		{
			400: 'The torrent search failed',
			401: 'A parameter of the torrent search is not valid',
			402: 'The settings of the torrent search cannot be read',
			403: 'The categories of the torrent search cannot be read',
			404: 'The results of the torrent search cannot be read',
			405: 'The account has no settings for the torrent search',
		},
	],
	[
		'SYNO.DownloadStation2.Settings',
		{ 501: 'The default destination cannot be cleared', 522: 'The watched folder is not valid' },
	],
	[
		'SYNO.DownloadStation',
		{
			400: 'The file of the download task could not be uploaded',
			401: 'There are too many download tasks',
			402: 'The account may not write to the destination',
			403: 'The destination does not exist',
			404: 'There is no such download task',
			405: 'The download task is in a state that does not allow this',
			406: 'There is no default destination',
			407: 'The destination could not be set',
			408: 'The file does not exist',
		},
		'Check the task and its destination in Download Station.',
	],
];

/** Cause and remedy of a code of the family that an API belongs to; undefined when the table has none. */
export function familyCode(api: string, code: number): Explained | undefined {
	for (const [prefix, texts, remedy = CHECK] of families) {
		const cause = api.startsWith(prefix) ? texts[code] : undefined;
		if (cause !== undefined) return { cause, remedy };
	}
	return undefined;
}
