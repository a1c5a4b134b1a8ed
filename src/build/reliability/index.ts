import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { FAULTS, type Fault } from './accidents';
import { withFormats } from './formats';
import { tried, type Cell, type Lasting } from './matrix';
import { reliabilityText } from './text';
import { WORKS } from './works';

const FILE = path.join(__dirname, '../../../../docs/reliability.md');

/** Faults that are tried at the same time: most of the time is silence that is waited for. */
const SIDE_BY_SIDE = 5;

/** Every work under every fault; prints as it goes. */
async function table(lasting: Lasting): Promise<Cell[][]> {
	const rows: Cell[][] = [];
	const queue = [...FAULTS.entries()];
	const work = async (): Promise<void> => {
		for (let next = queue.shift(); next; next = queue.shift()) rows[next[0]] = await rowOf(next[1], lasting);
	};
	await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
	return rows;
}

async function rowOf(fault: Fault, lasting: Lasting): Promise<Cell[]> {
	const cells = await Promise.all(WORKS.map(async (work) => await tried(fault, work, lasting)));
	console.log(`${lasting}: ${fault.title}: ${cells.map(({ end }) => end).join(', ')}`);
	for (const [column, { end, says = '' }] of cells.entries()) {
		if (end !== 'wrong') continue;
		process.exitCode = 1;
		console.log(`  ${WORKS[column]!.title}: ${says}`);
	}
	return cells;
}

async function main(): Promise<void> {
	// How many requests each takes where nothing goes wrong is counted first.
	for (const work of WORKS) await tried({ title: 'Nothing' }, work, 'once');
	const [once, stays] = await Promise.all([table('once'), table('stays')]);
	writeFileSync(FILE, withFormats(reliabilityText({ once, stays })));
}

if (require.main === module) void main();
