import type { Choices } from '../catalog/fields';
import type { Dsm } from '../core/dsm';
import { isDsmError } from '../core/errors';
import { findOperation } from '../services';

/** One line of a list that a value is picked from. */
export interface Choice {
	value: string | number;
	label: string;
	/** What the list operation gave. */
	row: Record<string, unknown>;
}

/** Characters of a label. */
const LONGEST = 120;

const has = (text: string | number, part: string): boolean => String(text).toLowerCase().includes(part.toLowerCase());

/** One line of a text: a message that is picked by its words may be long. */
const short = (text: string): string => {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
};

function* lineOf({ value, label }: Choices, row: Record<string, unknown>): Generator<Choice> {
	const { [value]: id, [label]: name } = row as Record<string, string | number | undefined>;
	if (id !== undefined && id !== '') yield { value: id, label: short(String(name || id)), row };
}

/**
 * Lines that fit a text, in the order of the NAS: by a search of the NAS, by what lies in the folder that the text names, or by what label
 * and value hold. Throws what the list operation throws.
 */
export async function* choicesFor(dsm: Dsm, choices: Choices, text: string): AsyncGenerator<Choice> {
	const folder = choices.inside && text.slice(0, Math.max(0, text.lastIndexOf('/')));
	if (folder) return yield* inside(dsm, choices, folder, text);
	const { from, search } = choices;
	const params = search !== undefined && text !== '' ? { [search]: text } : {};
	for await (const row of dsm.each(findOperation(from), params))
		for (const line of lineOf(choices, row as Record<string, unknown>))
			if (search !== undefined || has(line.label, text) || has(line.value, text)) yield line;
}

/** What lies in a folder, by its whole path; nothing of one that is not there, as while one types. */
async function* inside(dsm: Dsm, choices: Choices, folder: string, text: string): AsyncGenerator<Choice> {
	const { from, param, given = {} } = choices.inside!;
	try {
		for await (const row of dsm.each(findOperation(from), { ...given, [param]: folder }))
			for (const { value, row: entry } of lineOf(choices, row as Record<string, unknown>))
				if (has(value, text)) yield { value, label: String(value), row: entry };
	} catch (error) {
		if (!isDsmError(error) || error.code !== 'api') throw error;
	}
}
