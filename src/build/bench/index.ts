import { fork } from 'node:child_process';
import path from 'node:path';

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
const BENCHMARKS = ['calls', 'transfers', 'n8n', 'nodered', 'polls'];

function run(name: string): Promise<Measurement[]> {
	return new Promise((resolve, reject) => {
		const found: Measurement[] = [];
		const child = fork(path.join(__dirname, `${name}.js`), { execArgv: ['--expose-gc'] });
		child.on('message', (measurement) => found.push(measurement as Measurement));
		child.on('error', reject);
		child.on('exit', (code) =>
			code === 0 ? resolve(found) : reject(new Error(`The benchmark ${name} ended with ${code}.`)),
		);
	});
}

const round = (value: number): number => Number(value.toPrecision(4));

function show(measurement: Measurement, json: boolean): string {
	if (json) return JSON.stringify(measurement);
	const { name, value, unit, reference, ratio } = measurement;
	const compared =
		reference === undefined ? '' : `  (reference ${reference}${ratio === undefined ? '' : `, ratio ${ratio}`})`;
	return `${name.padEnd(48)} ${value} ${unit}${compared}`;
}

async function main(): Promise<void> {
	for (const name of BENCHMARKS) {
		for (const { value, reference, ratio, ...rest } of await run(name)) {
			const rounded = {
				...rest,
				value: round(value),
				...(reference !== undefined && { reference: round(reference) }),
				...(ratio !== undefined && { ratio: round(ratio) }),
			};
			console.log(show(rounded, process.argv.includes('--json')));
		}
	}
}

if (require.main === module) void main();
