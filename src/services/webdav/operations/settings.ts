import { procedure, resource } from '../../../catalog/operation';
import { field } from '../../../catalog/row';
import type { Dsm } from '../../../core/dsm';
import { DsmInputError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { reach } from '../lib/endpoint';
import {
	changesByKey,
	namedSettings,
	READING_CALLS,
	readSettings,
	SETTINGS_CALLS,
	settingsRow,
	writeSettings,
	type Setting,
	type Settings,
} from '../lib/settings';

const SOURCE = 'webdav.md 10.3';
const DAV = ['OPTIONS / without account, at each port that is switched on'];

const get = procedure({
	title: 'Get the settings',
	summary: 'Gives the settings of the WebDAV server that this NAS reports. Needs an administrator.',
	right: 'administrator',
	uses: READING_CALLS,
	params: z.object({}),
	result: settingsRow,
	readOnly: true,
	run: async (_, dsm) => namedSettings(await readSettings(dsm)),
});

/** Settings after a change, with those before it, so that a flow can go back, and whether the server answers at its ports now. */
const changed = settingsRow
	.with({
		...Object.fromEntries(Object.entries(settingsRow.fields).map(([name, type]) => [`previous_${name}`, type])),
		http_reachable: field.flag().optional(),
		https_reachable: field.flag().optional(),
	})
	.as({
		simple: [
			'enable_http',
			'http_port',
			'http_reachable',
			'enable_https',
			'https_port',
			'https_reachable',
			'enable_anonymous',
			'enable_depth_infinity',
			'enable_log',
		],
	});

async function change(dsm: Dsm, wanted: Partial<Record<Setting, unknown>>) {
	const { before, after } = await writeSettings(dsm, (values) => changesByKey(values, wanted));
	const [was, now] = [namedSettings(before), namedSettings(after)];
	const previous = Object.entries(was).filter(([name, value]) => now[name as Setting] !== value);
	return {
		...now,
		...Object.fromEntries(previous.map(([name, value]) => [`previous_${name}`, value])),
		...(await reachOf(dsm, now)),
	};
}

async function reachOf(dsm: Dsm, { enable_http, http_port, enable_https, https_port }: Settings) {
	const at = async (protocol: 'http' | 'https', port: number) => (await reach(dsm, { protocol, port })).reachable;
	return {
		...(enable_http && { http_reachable: await at('http', http_port ?? 5005) }),
		...(enable_https && { https_reachable: await at('https', https_port ?? 5006) }),
	};
}

const flag = (title: string, description: string) => z.boolean().optional().meta({ title, description });
const port = (title: string, description: string, usual: number) =>
	z.coerce
		.number<number | string>()
		.int()
		.min(1)
		.max(65_535)
		.optional()
		.meta({ title, description, placeholder: `e.g. ${usual}` });

const update = procedure({
	title: 'Update the settings',
	summary:
		'Changes the given settings of the WebDAV server, and asks the NAS whether it applied them; all others stay. The server restarts, so open transfers break off. Needs an administrator.',
	right: 'administrator',
	uses: SETTINGS_CALLS,
	dav: DAV,
	source: SOURCE,
	params: z.object({
		enable_http: flag('Enable HTTP', 'Whether the server takes plain HTTP, which sends passwords unencrypted'),
		http_port: port('HTTP Port', 'Port for plain HTTP', 5005),
		enable_https: flag('Enable HTTPS', 'Whether the server takes HTTPS'),
		https_port: port('HTTPS Port', 'Port for HTTPS', 5006),
		enable_anonymous: flag('Enable Anonymous', 'Whether people without an account may use WebDAV'),
		enable_depth_infinity: flag(
			'Enable DavDepthInfinity',
			'Whether clients may list a folder with all below it at once, which takes memory',
		),
		enable_log: flag('Enable Log', 'Whether the server writes its own log'),
	}),
	result: changed,
	async run(given, dsm) {
		const wanted = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
		if (Object.keys(wanted).length === 0)
			throw new DsmInputError('No setting is given: there is nothing to change.', {
				hint: 'Give at least one setting.',
			});
		if (given.http_port !== undefined && given.http_port === given.https_port)
			throw new DsmInputError(`HTTP and HTTPS cannot share port ${given.http_port}.`, {
				path: ['https_port'],
				hint: 'Give each a port of its own.',
			});
		return await change(dsm, wanted);
	},
});

const protocol = z
	.enum(['https', 'http', 'both'])
	.default('https')
	.meta({
		title: 'Protocol',
		description: 'Which of the two ways to the WebDAV server',
		labels: { https: 'HTTPS', http: 'HTTP (Insecure)', both: 'Both' },
	});

const switching = (title: string, summary: string, on: boolean) =>
	procedure({
		title,
		summary,
		right: 'administrator',
		uses: SETTINGS_CALLS,
		dav: DAV,
		source: SOURCE,
		params: z.object({ protocol }),
		result: changed,
		run: async ({ protocol: chosen }, dsm) =>
			await change(dsm, {
				...(chosen !== 'http' && { enable_https: on }),
				...(chosen !== 'https' && { enable_http: on }),
			}),
	});
const enable = switching(
	'Enable WebDAV',
	'Lets the server take HTTPS, HTTP or both, and says whether it answers there. Needs an administrator.',
	true,
);
const disable = switching(
	'Disable WebDAV',
	'Switches HTTPS, HTTP or both off. The package goes on running; without both nobody reaches it. Needs an administrator.',
	false,
);

const getRaw = procedure({
	title: 'Get the settings as reported',
	summary: 'Gives all that this NAS reports of its WebDAV server, under its own names. Needs an administrator.',
	right: 'administrator',
	uses: READING_CALLS,
	params: z.object({}),
	result: z.looseObject({}),
	readOnly: true,
	run: async (_, dsm) => await readSettings(dsm),
});

const setRaw = procedure({
	title: 'Set settings by their own names',
	summary:
		'Changes settings of the WebDAV server by the names under which this NAS reports them, and asks whether it applied them. Needs an administrator.',
	right: 'administrator',
	uses: SETTINGS_CALLS,
	params: z.object({
		values: z
			.union([z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])), z.string()])
			.transform((given, context) => {
				const values = typeof given === 'string' ? objectIn(given) : given;
				if (values && Object.keys(values).length > 0) return values;
				context.addIssue({ code: 'custom', message: 'is no JSON object of settings, e.g. {"enable_https": true}' });
				return z.NEVER;
			})
			.meta({
				title: 'Values',
				description: 'New values by name, as a JSON object; only names that the NAS reports are taken',
				placeholder: 'e.g. {"enable_https": true}',
				widget: 'json',
			}),
	}),
	result: z.looseObject({}),
	async run({ values }, dsm) {
		const { after } = await writeSettings(dsm, (known) => {
			const foreign = Object.keys(values).find((name) => !Object.hasOwn(known, name));
			if (foreign === undefined) return values;
			throw new DsmInputError(`"${foreign}" is no setting of this NAS. It reports ${Object.keys(known).join(', ')}.`, {
				path: ['values', foreign],
				hint: 'Use a name that "Get the settings as reported" gives.',
			});
		});
		return after;
	},
});

function objectIn(text: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null && !Array.isArray(value)
			? (value as Record<string, unknown>)
			: undefined;
	} catch {
		return undefined;
	}
}

export const settings = resource('Setting', { get, update, enable, disable, getRaw, setRaw });
