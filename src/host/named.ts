import type { Choices } from '../catalog/fields';
import type { Dsm } from '../core/dsm';
import { DsmInputError } from '../core/errors';
import type { z } from '../vendor/zod';
import { choicesFor, type Choice } from './choices';
import { fieldsOf, type Field } from './form';

type Params = Record<string, unknown>;

/** Milliseconds that a list serves: many items name the same thing. */
const FRESH = 60_000;
/** Names that an error repeats. */
const TOLD = 10;

/**
 * Parameters with IDs in place of names: people and AI tools say "General" where Chat wants a number. Nothing is asked where all are IDs.
 * Throws DsmInputError for a name that nothing has, or several have.
 */
export async function named(dsm: Dsm, schema: z.ZodType, given: Params): Promise<Params> {
	const changed: Params = {};
	for (const field of fieldsOf(schema)) {
		const value = given[field.name];
		if (!field.choices?.names) continue;
		const entries = Array.isArray(value) ? (value as unknown[]) : [value];
		if (!entries.some((one) => isName(field.choices!, one))) continue;
		const ids: unknown[] = [];
		for (const one of entries) ids.push(isName(field.choices, one) ? await idOf(dsm, field, one) : one);
		changed[field.name] = Array.isArray(value) ? ids : ids[0];
	}
	return { ...given, ...changed };
}

const isName = ({ ids = '^\\d+$' }: Choices, value: unknown): value is string =>
	typeof value === 'string' && value.trim() !== '' && !new RegExp(ids).test(value.trim());

async function idOf(dsm: Dsm, field: Field, name: string): Promise<string | number> {
	const choices = field.choices!;
	const known = await linesOf(dsm, choices, name, FRESH);
	const first = matching(choices, known, name);
	const lines = first.length > 0 ? known : await linesOf(dsm, choices, name, 0);
	const found = first.length > 0 ? first : matching(choices, lines, name);
	if (found.length === 1) return found[0]!;
	const kind = field.title.toLowerCase().replace(/s$/, '');
	if (found.length > 1) throw unclear(field, `Several have the name "${name}"`, `Give the ID of the ${kind}.`);
	const labels = lines.slice(0, TOLD).map(({ label }) => label);
	const more = lines.length > TOLD ? ' and more' : '';
	throw unclear(
		field,
		`There is no ${kind} "${name}"`,
		labels.length > 0 ? `There are: ${labels.join(', ')}${more}.` : '',
	);
}

const unclear = ({ name, title }: Field, fault: string, hint: string): DsmInputError =>
	new DsmInputError(`"${title}" does not fit: ${fault}.`, { path: [name], ...(hint !== '' && { hint }) });

const plain = (text: unknown): string =>
	String(text ?? '')
		.trim()
		.toLowerCase();

/** IDs of what bears the name, each once. A sign in front, as in #ops and @bob, belongs to the name only where something has it. */
function matching({ names = [] }: Choices, lines: readonly Choice[], name: string): (string | number)[] {
	const bearing = (wanted: string) =>
		lines.filter(({ label, row }) => [label, ...names.map((one) => row[one])].some((one) => plain(one) === wanted));
	const exact = bearing(plain(name));
	const found = exact.length > 0 ? exact : bearing(plain(name).replace(/^[#@]/, ''));
	return [...new Set(found.map(({ value }) => value))];
}

/** Lines of a list, as of the last `fresh` milliseconds. */
async function linesOf(dsm: Dsm, choices: Choices, name: string, fresh: number): Promise<Choice[]> {
	const text = choices.search === undefined ? '' : name;
	const key = `choices ${choices.from} ${text}`;
	const kept = dsm.memory.get(key) as { at: number; lines: Choice[] } | undefined;
	if (kept && dsm.now() - kept.at < fresh) return kept.lines;
	const lines: Choice[] = [];
	for await (const line of choicesFor(dsm, choices, text)) lines.push(line);
	dsm.memory.set(key, { at: dsm.now(), lines });
	return lines;
}
