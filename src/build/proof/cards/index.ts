import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Card } from '../../../services/contacts/lib/vcard/lines';
import { readFile } from '../../../services/contacts/lib/vcard/readFile';
import { lossesIn } from './law';

const CARDS = 'test/fixtures/vcards';

/** The committed cards, by the names of their files; broken ones are elsewhere. */
export const committed = (): { name: string; cards: Card[] }[] =>
	globSync('[0-9]*.vcf', { cwd: CARDS })
		.sort()
		.map((name) => ({ name, cards: readFile(readFileSync(path.join(CARDS, name))).cards }));

/** Tries the committed cards. */
export function proveCards(): { cases: number; slowest: number; failed: string[] } {
	const all = committed().flatMap(({ name, cards }) => cards.map((card) => ({ name, card })));
	const failed = all.flatMap(({ name, card }) => lossesIn(card).map((loss) => `${name} ${loss}`));
	return { cases: all.length, slowest: 0, failed };
}
