import { createHash } from 'node:crypto';
import { eachInTurn } from '../core/turns';
import { z } from '../vendor/zod';
import { packed, unpacked, type Fingerprints, type Snapshot } from './sources';

/** What is remembered of some things, compressed, and a sum that tells whether anything of it is different now. */
const block = z.object({ sum: z.string(), packed: z.string() });
export type Block = z.output<typeof block>;

/**
 * What is remembered of a hundred thousand things. Each belongs to one of the blocks by its id, so that a look unpacks and compares those
 * only in which something is different. Everything here goes in slices.
 */
export const blocks = z.array(block);

type Items = Snapshot['items'];

/** Things of a block, on average, and how many times as many it may get before there are more blocks. */
const SIZE = 1000;
const FULL = 4;

/** How many blocks so many things get: as many as there are as long as those are not too full. */
export const blocksFor = (things: number, known: number): number =>
	known > 0 && things <= known * SIZE * FULL ? known : Math.max(1, Math.ceil(things / SIZE));

/** The block of a thing: FNV-1a of its id. */
function blockOf(id: string, count: number): number {
	let hash = 0x811c9dc5;
	for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
	return (hash >>> 0) % count;
}

/** Things by their blocks. */
export async function grouped<T extends { id: string }>(things: Iterable<T>, count: number): Promise<T[][]> {
	const groups = Array.from({ length: count }, (): T[] => []);
	await eachInTurn(things, (thing) => groups[blockOf(thing.id, count)]!.push(thing));
	return groups;
}

interface Thing {
	id: string;
	fingerprints: Fingerprints;
}

/** The order does not count: things of a list come sorted already, mostly. */
function sumOf(group: readonly Thing[]): string {
	const lines = group.map(({ id, fingerprints }) => `${id}\0${fingerprints.join('\0')}`).sort();
	return createHash('sha256').update(lines.join('\n')).digest('base64url');
}

/** Which groups hold something else than their blocks remember. */
export async function differing(groups: readonly (readonly Thing[])[], known: readonly Block[]): Promise<Set<number>> {
	const found = new Set<number>();
	await eachInTurn(groups.entries(), ([index, group]) => {
		if (known[index]?.sum !== sumOf(group)) found.add(index);
	});
	return found;
}

/** What some blocks remember. */
export async function remembered(known: readonly Block[]): Promise<Items> {
	const items: Items = {};
	for (const { packed: text } of known) Object.assign(items, (await unpacked({ v: 1, seq: 0, packed: text })).items);
	return items;
}

/** The blocks that remember these things; of those that have not changed what is known is kept. */
export async function remember(
	groups: readonly (readonly Thing[])[],
	known: readonly Block[] = [],
	hasChanged: (block: number) => boolean = () => true,
): Promise<Block[]> {
	const all: Block[] = [];
	for (const [index, group] of groups.entries()) all.push(hasChanged(index) ? await made(group) : known[index]!);
	return all;
}

async function made(group: readonly Thing[]): Promise<Block> {
	const items = Object.fromEntries(group.map(({ id, fingerprints }) => [id, [...fingerprints]]));
	return { sum: sumOf(group), packed: (await packed({ v: 1, seq: 0, items })).packed };
}
