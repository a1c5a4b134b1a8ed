import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Headings of the dossiers: file -> number of the section -> anchor, as code hosts make it from the heading. */
export type Dossiers = Record<string, Record<string, string>>;

const HEADING = /^#{2,4} ((?:[A-Z]?\d+)(?:\.\d+)*)[. ]/;

const POINT = /^(?:\*\*)?(\d+)\.(?:\*\*)? /;

/** Anchor of a heading on GitHub: small letters, punctuation left out, spaces as hyphens. */
const anchorOf = (heading: string): string =>
	heading
		.replace(/^#+ /, '')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s_-]/gu, '')
		.trim()
		.replaceAll(' ', '-');

/** Reads the headings of all dossiers in a folder. */
export function readDossiers(folder: string): Dossiers {
	const files = readdirSync(folder).filter((name) => name.endsWith('.md'));
	return Object.fromEntries(files.map((name) => [name, sectionsOf(readFileSync(path.join(folder, name), 'utf8'))]));
}

function sectionsOf(text: string): Record<string, string> {
	const sections: Record<string, string> = {};
	let section = '';
	for (const line of text.split('\n')) {
		const number = HEADING.exec(line)?.[1];
		if (number !== undefined) sections[(section = number)] ??= anchorOf(line);
		// A numbered point of a section is found where the section begins.
		const point = POINT.exec(line)?.[1];
		const anchor = sections[section];
		if (point !== undefined && anchor !== undefined) sections[`${section}.${point}`] ??= anchor;
	}
	return sections;
}

/** `core.md 4.6, 15`, as sources and comments write it. */
export const REFERENCE = /\b([a-z]+\.md) ((?:section )?[A-Z]?\d+(?:\.\d+)*(?:(?:, | and )[A-Z]?\d+(?:\.\d+)*)*)/g;

export interface Reference {
	file: string;
	section: string;
}

/** All references in a text. */
export const referencesIn = (text: string): Reference[] =>
	[...text.matchAll(REFERENCE)].flatMap(([, file = '', sections = '']) =>
		sections
			.replace('section ', '')
			.split(/, | and /)
			.map((section) => ({ file, section })),
	);

/** Where a reference leads; undefined when it leads nowhere. */
export const anchorFor = (dossiers: Dossiers, { file, section }: Reference): string | undefined =>
	dossiers[file]?.[section];
