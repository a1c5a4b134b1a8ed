import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { FAULTS } from './accidents';
import { tried, type Cell, type Lasting } from './matrix';
import { reliabilityText } from './text';
import { WORKS } from './works';

const FILE = path.join(__dirname, '../../../../docs/reliability.md');

/** Every work under every fault; prints as it goes. */
async function table(lasting: Lasting): Promise<Cell[][]> {
	const rows: Cell[][] = [];
	for (const fault of FAULTS) {
		const cells: Cell[] = [];
		for (const work of WORKS) {
			const cell = await tried(fault, work, lasting);
			cells.push(cell);
			if (cell.end === 'wrong') {
				process.exitCode = 1;
				console.log(`${work.title}, ${lasting}: wrong. ${cell.says ?? ''}`);
			}
		}
		rows.push(cells);
		console.log(`${lasting}: ${fault.title}: ${cells.map(({ end }) => end).join(', ')}`);
	}
	return rows;
}

async function main(): Promise<void> {
	const once = await table('once');
	writeFileSync(FILE, reliabilityText({ once, stays: await table('stays') }));
}

if (require.main === module) void main();
