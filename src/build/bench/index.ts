import { fork } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { judged, type Figure, type Measurement } from './figures';
import { writeFigures } from './page';

/** Each in a process of its own, so that one's memory and warm-up do not colour the next. */
const BENCHMARKS: Record<string, string[]> = {
	load: ['load'],
	calls: ['calls'],
	items: ['items'],
	polls: ['polls'],
	folder: ['folder'],
	backlog: ['backlog'],
	transfers: ['transfers'],
	n8n: ['n8n'],
	nodered: ['nodered', 'noderedTriggers'],
	webhooks: ['noderedWebhooks', 'n8nWebhooks'],
	rivals: ['rivals'],
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

function show(figure: Figure, json: boolean): string {
	if (json) return JSON.stringify(figure);
	const { name, value, unit, reference, bar, met } = figure;
	const compared = reference === undefined ? '' : `  (reference ${reference})`;
	const judgement = bar === undefined ? '' : `  (${bar}: ${met ? 'met' : 'NOT met'})`;
	return `${name.padEnd(64)} ${value} ${unit}${compared}${judgement}`;
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
		const figures: Figure[] = [];
		for (const program of BENCHMARKS[name]!)
			for (const measurement of await run(program, ['--gib', gib, '--minutes', minutes])) {
				figures.push(judged(measurement));
				console.log(show(figures.at(-1)!, values.json));
			}
		if (values.write) writeFigures(name, figures);
	}
}

if (require.main === module) void main();
