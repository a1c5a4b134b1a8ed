import { setTimeout } from 'node:timers/promises';
import { allServices, operationsOf } from '../../services';
import type { AnyOperation } from '../../catalog/operation';
import { idOf } from '../../catalog/operation';
import type { FileAnswer } from '../../core/call';
import type { Dsm } from '../../core/dsm';
import { isDsmError } from '../../core/errors';
import { withNas } from '../bench/nas';
import { sampleParams } from '../samples';
import { jsonSchema, type JsonSchema } from '../schema';

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

/** Parameters that take a text. */
const textParams = ({ params }: AnyOperation): string[] =>
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
			const { user, system } = process.threadCpuUsage(this.#since);
			this.longest = Math.max(this.longest, (user + system) / 1000);
			this.#since = process.threadCpuUsage();
			if (this.#running) setImmediate(tick);
		};
		setImmediate(tick);
	}

	end(): number {
		this.#running = false;
		const { user, system } = process.threadCpuUsage(this.#since);
		return Math.max(this.longest, (user + system) / 1000);
	}
}

export interface ParamsResult {
	cases: number;
	slowest: number;
	failed: string[];
}

/** Milliseconds that one call may take; what goes on longer waits for something, and is given up. */
const PATIENCE = 1000;

/** One call with one text; gives the fault of the program that it met, if any. */
async function tried(dsm: Dsm, operation: AnyOperation, params: object): Promise<string | undefined> {
	const ending = new AbortController();
	const over = setTimeout(PATIENCE, undefined, { ref: false });
	const run = async (): Promise<string | undefined> => {
		try {
			const answer: unknown = await dsm.do(operation, params, { signal: ending.signal });
			if (operation.returns === 'file') (answer as FileAnswer).stream.resume().on('error', () => undefined);
			return undefined;
		} catch (error) {
			return isDsmError(error) ? undefined : String(error).slice(0, 200);
		}
	};
	try {
		return await Promise.race([run(), over]);
	} finally {
		ending.abort();
	}
}

/**
 * Every text parameter of every operation with texts of `length` characters: nothing works for long, or fails by a fault of its own. Prints
 * what failed as it goes, and each operation when it is done with.
 */
export async function proveParams(length: number, most: number): Promise<ParamsResult> {
	const result: ParamsResult = { cases: 0, slowest: 0, failed: [] };
	const operations = allServices()
		.flatMap(operationsOf)
		.filter(({ token }) => !token);
	await withNas([], async ({ dsm }) => {
		for (const [number, operation] of operations.entries()) {
			let slowest = 0;
			for (const name of textParams(operation))
				for (const piece of PIECES) {
					const sample = sampleParams(idOf(operation), operation.params);
					const params = { ...sample, [name]: piece.repeat(Math.ceil(length / piece.length)) };
					const stalls = new Stalls();
					const fault = await tried(dsm, operation, params);
					const stalled = stalls.end();
					result.cases += 1;
					slowest = Math.max(slowest, stalled);
					const of = `${idOf(operation)} ${name} of ${JSON.stringify(piece)}`;
					if (fault !== undefined) result.failed.push(`${of}: ${fault}`);
					else if (stalled > most) result.failed.push(`${of}: ${Math.round(stalled)} ms`);
					else continue;
					console.log(`  ${result.failed.at(-1)}`);
				}
			result.slowest = Math.max(result.slowest, slowest);
			console.log(`  ${number + 1}/${operations.length} ${idOf(operation)}: ${Math.round(slowest)} ms`);
		}
	});
	return result;
}
