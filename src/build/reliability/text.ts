import { FAULTS } from './accidents';
import { ENDS, type Cell, type Lasting } from './matrix';
import { WORKS } from './works';

/** What the run found: by fault, and in it by work. */
export type Matrix = Record<Lasting, Cell[][]>;

export const COLUMNS: readonly string[] = WORKS.map(({ title }) => title);
export const ROWS: readonly string[] = FAULTS.map(({ title }) => title);

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function table(rows: Cell[][]): string {
	const head = [line(['What goes wrong', ...COLUMNS]), line(['---', ...COLUMNS.map(() => '---')])];
	return [...head, ...rows.map((cells, row) => line([ROWS[row]!, ...cells.map(({ end }) => end)]))].join('\n');
}

/** The error of the first column that fails, as the user reads it. */
function sentences(rows: Cell[][]): string {
	return rows
		.flatMap((cells, row) => {
			const says = cells.find((cell) => cell.says !== undefined)?.says;
			return says === undefined ? [] : [`- ${ROWS[row]}: "${says.replace(/127\.0\.0\.1:\d+/g, 'nas.example.com')}"`];
		})
		.join('\n');
}

/** `docs/reliability.md`. */
export const reliabilityText = ({ once, stays }: Matrix): string => `# Reliability

What each fault does to each kind of work. Written by a run (\`npm run reliability\`) of this program against the simulated NAS, with a proxy in
between to which the faults happen: no cell is an opinion. The simulated NAS stands in for a device; no device was asked.

${WORKS.map(({ title, what }) => `- **${title}**: ${what}`).join('\n')}

Each cell says what became of it:

${Object.entries(ENDS)
	.filter(([end]) => end !== 'wrong')
	.map(([end, means]) => `- *${end}*: ${means}`)
	.join('\n')}

## It happens once

${table(once)}

## It stays as long as the work goes on

${table(stays)}

## What the user reads

The first error of each line of the second table:

${sentences(stays)}
`;
