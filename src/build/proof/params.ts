import { setTimeout } from 'node:timers/promises';
import { idOf, type AnyOperation, type AnyTrigger } from '../../catalog/operation';
import type { FileAnswer } from '../../core/call';
import type { Dsm } from '../../core/dsm';
import { isDsmError } from '../../core/errors';
import { BUDGETS } from '../../core/budget';
import { budgetOf } from '../../core/longText';
import { parseParams } from '../../core/faults';
import { allServices, operationsOf, triggersOf } from '../../services';
import type { z } from '../../vendor/zod';
import { withNas } from '../bench/nas';
import { sampleParams } from '../samples';
import { jsonSchema, type JsonSchema } from '../schema';
import type { Extent, Seen } from './paramsWatch';

/** Texts that formats and patterns give a meaning to. */
const PIECES = [
	'a',
	'a b\n',
	'@a ',
	'<a b="',
	'![',
	'- a\n',
	'*-',
	'{"a":',
	'A;B=C:d\n',
	'BEGIN:VCARD\nVERSION:3.0\nFN:a\nEND:VCARD\n',
	'/a',
	'a@b.c,',
];

type Subject = AnyOperation | AnyTrigger;

/** Parameters that take a text. */
const textParams = ({ params }: Subject): string[] =>
	Object.entries(jsonSchema(params, 'input').properties ?? {})
		.filter(([, schema]) => takesText(schema))
		.map(([name]) => name);

const takesText = ({ type, enum: values, anyOf, widget }: JsonSchema): boolean =>
	widget !== 'file' &&
	values === undefined &&
	(type === undefined || type === 'string' || (anyOf?.some(takesText) ?? false));

/** Watches how long this thread works without letting others in. */
class Stalls {
	longest = 0;
	#since = process.threadCpuUsage();
	#running = true;

	constructor() {
		const tick = () => {
			this.#note();
			if (this.#running) setImmediate(tick);
		};
		setImmediate(tick);
	}

	#note(): void {
		const { user, system } = process.threadCpuUsage(this.#since);
		this.longest = Math.max(this.longest, (user + system) / 1000);
		this.#since = process.threadCpuUsage();
	}

	end(): number {
		this.#running = false;
		this.#note();
		return this.longest;
	}
}

/** Milliseconds that one call may take; what goes on longer waits for something, and is given up. */
const PATIENCE = 300;

async function run(dsm: Dsm, subject: Subject, params: object): Promise<void> {
	if (subject.kind === 'trigger') {
		const parsed = parseParams(subject.params, params, idOf(subject));
		await subject.start(parsed, dsm);
		await subject.sample(parsed, dsm);
		return;
	}
	const answer: unknown = await dsm.do(subject, params);
	if (subject.returns === 'file') (answer as FileAnswer).stream.resume().on('error', () => undefined);
}

/** One call with one text; gives the fault of the program that it met, if any. */
async function tried(dsm: Dsm, subject: Subject, params: object): Promise<string | undefined> {
	const ending = new AbortController();
	const ended = run(dsm.with({ signal: ending.signal }), subject, params).then(
		() => undefined,
		(error: unknown) => (isDsmError(error) ? undefined : String(error).slice(0, 200)),
	);
	try {
		return await Promise.race([ended, setTimeout(PATIENCE, undefined, { ref: false })]);
	} finally {
		ending.abort();
	}
}

interface One {
	subject: Subject;
	name: string;
	piece: string;
}

/** Every text parameter of every operation and trigger, with every piece. */
function* allCases(): Generator<One> {
	for (const service of allServices())
		for (const subject of [...operationsOf(service).filter(({ token }) => !token), ...triggersOf(service)])
			for (const name of textParams(subject)) for (const piece of PIECES) yield { subject, name, piece };
}

/** The cold code of a first attempt does not count. */
async function settled(dsm: Dsm, { subject, name, piece }: One, { length, most: bar }: Extent): Promise<Seen> {
	const sample = sampleParams(idOf(subject), subject.params);
	// A longer one would be refused without being read.
	const most = Math.min(length, BUDGETS[budgetOf(subject.params.shape[name] as z.ZodType)].most);
	const params = { ...sample, [name]: piece.repeat(Math.floor(most / piece.length)) };
	let stalled = Infinity;
	for (let attempt = 0; attempt < 3 && stalled > bar; attempt++) {
		const stalls = new Stalls();
		const fault = await tried(dsm, subject, params);
		stalled = Math.min(stalled, stalls.end());
		if (fault !== undefined) return { stalled, fault };
	}
	return { stalled };
}

/** Works through a share of the cases in a process of its own, and tells the one that watches which one it begins, and how it ended. */
async function work(extent: Extent): Promise<void> {
	const { share, of, from, only } = extent;
	const cases = [...allCases()].filter(({ subject }) => idOf(subject).startsWith(only));
	await withNas([], async ({ dsm }) => {
		for (let index = from; index * of + share < cases.length; index++) {
			const one = cases[index * of + share]!;
			const name = `${idOf(one.subject)} ${one.name} of ${JSON.stringify(one.piece)}`;
			process.send!({ index, name });
			process.send!({ index, name, seen: await settled(dsm, one, extent) });
		}
	});
	process.disconnect();
}

if (require.main === module) void work(JSON.parse(process.argv[2]!) as Extent);
