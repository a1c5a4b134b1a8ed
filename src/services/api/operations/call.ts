import type { Call, FileAnswer } from '../../../core/call';
import { bare, quoted } from '../../../core/call';
import type { Dsm } from '../../../core/dsm';
import { fileAnswer, namedFile } from '../../../catalog/fields';
import { procedure, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { api, encoding, method, params, version } from '../fields';
import { batch as batchCall } from '../wire';

interface Target {
	api: `SYNO.${string}`;
	method: string;
	version?: number | undefined;
}

/** The call as the NAS can serve it. An unknown API keeps version 1, so that the answer names what is missing. */
async function callOf(target: Target, dsm: Dsm): Promise<Call> {
	const known = target.version ?? (await dsm.apis([target.api]))[target.api]?.maxVersion ?? 1;
	return { api: target.api, method: target.method, version: known };
}

/** Values as the user wants them on the wire; automatic leaves it to what the NAS says of the API (core.md 3.2). */
function encoded(values: Record<string, unknown>, how: 'automatic' | 'json' | 'plain'): Record<string, unknown> {
	if (how === 'automatic') return values;
	const wire =
		how === 'json' ? quoted : (value: unknown) => bare(typeof value === 'string' ? value : JSON.stringify(value));
	const present = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
	return Object.fromEntries(present.map(([name, value]) => [name, wire(value)]));
}

const read_only = (usual: boolean) =>
	z.boolean().default(usual).meta({
		title: 'Only Reads',
		description: 'Whether the call changes nothing, so that it may be repeated after a lost connection',
		advanced: true,
	});

/** Code, as all of this resource: the user names the call. */
const run = procedure({
	title: 'Run an API call',
	summary: 'Calls any method of any API of the NAS and gives its data.',
	uses: [],
	source: 'core.md 3',
	params: z.object({
		api,
		method,
		version,
		params,
		encoding,
		answer: z
			.enum(['data', 'text'])
			.default('data')
			.meta({
				title: 'Answer',
				description: 'What to give: the data of the answer, or all of it as text',
				labels: { data: 'Data', text: 'Text' },
				advanced: true,
			}),
		read_only: read_only(false),
	}),
	result: z.unknown(),
	basis: 'guide',
	async run(given, dsm) {
		const call = await callOf(given, dsm);
		const values = encoded(given.params, given.encoding);
		const options = given.read_only ? { readOnly: true } : {};
		if (given.answer === 'text')
			return { text: await textOf(await dsm.file(call, values, { ...options, orAnswer: true })) };
		return (await dsm.call(call, values, options)) ?? {};
	},
});

async function textOf({ stream }: FileAnswer): Promise<string> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of stream as AsyncIterable<Uint8Array>) chunks.push(chunk);
	return Buffer.concat(chunks).toString('utf8');
}

const upload = procedure({
	title: 'Upload a file',
	summary: 'Calls a method that takes a file.',
	uses: [],
	source: 'core.md 3',
	params: z.object({
		api,
		method,
		version,
		params,
		file: namedFile().meta({ title: 'File', description: 'File to send', widget: 'file' }),
		part: z.string().min(1).default('file').meta({
			title: 'File Field',
			description: 'Name of the form field that holds the file; most APIs call it "file"',
			advanced: true,
		}),
		encoding,
	}),
	result: z.unknown(),
	basis: 'guide',
	async run(given, dsm) {
		const values = { ...encoded(given.params, given.encoding), [given.part]: given.file };
		const data: unknown = await dsm.call(await callOf(given, dsm), values);
		return data ?? {};
	},
});

const download = procedure({
	title: 'Download a file',
	summary: 'Calls a method whose answer is a file.',
	uses: [],
	source: 'core.md 3',
	params: z.object({ api, method, version, params, encoding, read_only: read_only(true) }),
	result: fileAnswer(),
	returns: 'file',
	basis: 'guide',
	async run(given, dsm) {
		const options = given.read_only ? { readOnly: true } : {};
		return await dsm.file(await callOf(given, dsm), encoded(given.params, given.encoding), options);
	},
});

const entry = z.object({ api, method, version, params });

const calls = z
	.union([z.array(entry), z.string()])
	.transform((value, context) => {
		if (typeof value !== 'string') return value;
		const parsed = z.array(entry).safeParse(parse(value));
		if (parsed.success) return parsed.data;
		context.addIssue({
			code: 'custom',
			message: 'is not a JSON array of calls, e.g. [{"api": "SYNO.DSM.Info", "method": "getinfo", "version": 2}]',
		});
		return z.NEVER;
	})
	.meta({
		title: 'Calls',
		description: 'JSON array of calls, each with api, method, version and params',
		placeholder: 'e.g. [{"api": "SYNO.DSM.Info", "method": "getinfo", "version": 2}]',
		widget: 'json',
	});

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Not a transaction: what was done stays done when a later call fails (core.md 9). */
const runMany = procedure({
	title: 'Run several API calls at once',
	summary: 'Sends several calls in one request and gives one row per call; a call that fails does not stop the others.',
	uses: [batchCall],
	params: z.object({ calls, read_only: read_only(false) }),
	result: z.array(
		z.object({
			api: z.string(),
			method: z.string(),
			success: z.boolean(),
			data: z.unknown().optional(),
			error: z.object({ code: z.number().optional(), message: z.string(), hint: z.string().optional() }).optional(),
		}),
	),
	async run(given, dsm) {
		const entries = await Promise.all(
			given.calls.map(async (target) => ({ call: await callOf(target, dsm), params: target.params })),
		);
		const answers = await dsm.batch(entries, given.read_only ? { readOnly: true } : {});
		return entries.map(({ call }, index) => {
			const answer = answers[index];
			const place = { api: call.api, method: call.method };
			if (answer && 'data' in answer) return { ...place, success: true, data: answer.data ?? {} };
			const { dsmCode, message, hint } = answer?.error ?? { message: 'The NAS did not answer this call.' };
			return {
				...place,
				success: false,
				error: { message, ...(dsmCode !== undefined && { code: dsmCode }), ...(hint !== undefined && { hint }) },
			};
		});
	},
});

export const callResource = resource('Call', { run, upload, download, runMany });
