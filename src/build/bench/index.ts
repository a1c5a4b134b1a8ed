import { fork } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { writeFigures } from './page';

/**
 * One line of the report. `reference` is the same thing done the plain way, or the most that is allowed; `ratio` says how often
 * ours fits into it (above 1: better).
 */
export interface Measurement {
	name: string;
	value: number;
	unit: string;
	reference?: number;
	ratio?: number;
}

/** Each in a process of its own, so that one's memory and warm-up do not colour the next. */
const BENCHMARKS: Record<string, string[]> = {
	load: ['load'],
	calls: ['calls'],
	transfers: ['transfers'],
	n8n: ['n8n'],
	nodered: ['nodered', 'noderedTriggers'],
	polls: ['polls'],
	transports: ['transports'],
};

const USAGE = `Usage: bench [--json] [--gib N] [--minutes N] [--write] [${Object.keys(BENCHMARKS).join('|')}]...`;

function run(name: string, args: string[]): Promise<Measurement[]> {
	return new Promise((resolve, reject) => {
		const found: Measurement[] = [];
		const child = fork(path.join(__dirname, `${name}.js`), args, { execArgv: ['--expose-gc'] });
		child.on('message', (measurement) => found.push(measurement as Measurement));
		child.on('error', reject);
		child.on('exit', (code) =>
			code === 0 ? resolve(found) : reject(new Error(`The benchmark ${name} ended with ${code}.`)),
		);
	});
}

const round = (value: number): number => Number(value.toPrecision(4));

const rounded = ({ value, reference, ratio, ...rest }: Measurement): Measurement => ({
	...rest,
	value: round(value),
	...(reference !== undefined && { reference: round(reference) }),
	...(ratio !== undefined && { ratio: round(ratio) }),
});

function show(measurement: Measurement, json: boolean): string {
	if (json) return JSON.stringify(measurement);
	const { name, value, unit, reference, ratio } = measurement;
	const compared =
		reference === undefined ? '' : `  (reference ${reference}${ratio === undefined ? '' : `, ratio ${ratio}`})`;
	return `${name.padEnd(48)} ${value} ${unit}${compared}`;
}

async function main(): Promise<void> {
	const { values, positionals } = parseArgs({
		options: {
			json: { type: 'boolean', default: false },
			gib: { type: 'string', default: '1' },
			minutes: { type: 'string', default: '1' },
			write: { type: 'boolean', default: false },
		},
		allowPositionals: true,
	});
	const { gib, minutes } = values;
	const isKnown = positionals.every((name) => Object.hasOwn(BENCHMARKS, name));
	if (!(Number(gib) > 0) || !(Number(minutes) > 0) || !isKnown) throw new Error(USAGE);
	for (const name of positionals.length > 0 ? positionals : Object.keys(BENCHMARKS)) {
		const rows: Measurement[] = [];
		for (const program of BENCHMARKS[name]!)
			for (const measurement of await run(program, ['--gib', gib, '--minutes', minutes])) {
				rows.push(rounded(measurement));
				console.log(show(rows.at(-1)!, values.json));
			}
		if (values.write) writeFigures(name, rows);
	}
}

if (require.main === module) void main();
