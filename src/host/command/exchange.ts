import { parseArgs } from 'node:util';
import { DsmInputError } from '../../core/errors';
import { OPTIONS, readInput } from './common';

/** What comes after the scope and the name that both packages for n8n share, in the type of a node. */
const ENDS = { full: '.', strict: '-strict.' } as const;

export type Package = keyof typeof ENDS;

const TYPE = /^(@synoflow\/n8n-nodes-synology)(?:-strict)?\.(?=synology)/;

/**
 * Exported workflows with the nodes of the other package: `strict` is the one that keeps to the rules of n8n. Everything else stays, since
 * nodes and credentials are the same in both. Gives the text, and how many nodes it changed.
 */
export function exchanged(text: string, to: Package): { text: string; count: number } {
	let count = 0;
	const change = (type: string): string => {
		const changed = type.replace(TYPE, `$1${ENDS[to]}`);
		if (changed !== type) count += 1;
		return changed;
	};
	const isType = (key: string, value: unknown): value is string => key === 'type' && typeof value === 'string';
	const value = parsed(text, (key, entry) => (isType(key, entry) ? change(entry) : entry));
	return { text: `${JSON.stringify(value, null, 2)}\n`, count };
}

function parsed(text: string, change: (key: string, value: unknown) => unknown): unknown {
	try {
		return JSON.parse(text, change) as unknown;
	} catch {
		throw new DsmInputError('What was read is no exported workflow: it is not JSON.', {
			hint: 'Download the workflow from its menu in n8n, or use "n8n export:workflow --all", and give the file by "< workflow.json".',
		});
	}
}

/** The command `exchange`; false where its words are not known. */
export async function exchange(): Promise<boolean> {
	const { values, positionals } = parseArgs({
		args: process.argv.slice(3),
		options: { help: OPTIONS.help, to: { type: 'string', default: 'strict' } },
		allowPositionals: true,
	});
	if (values.help || positionals.length > 0 || !(values.to in ENDS)) return false;
	const { text, count } = exchanged(await readInput('the exported workflow'), values.to as Package);
	process.stdout.write(text);
	process.stderr.write(`Nodes that changed their package: ${count}.\n`);
	return true;
}
