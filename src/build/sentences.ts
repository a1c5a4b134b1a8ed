import { globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** Where the sentences stand that errors and log lines are made of. */
const FOLDERS = '{core,formats,catalog,services,host,n8n,nodered}/**/*.ts';
const FILE = 'core/sentences.ts';
/** What is no sentence of an error: texts of forms and sources of facts. */
const OTHERS = new Set(['title', 'summary', 'description', 'placeholder', 'source', 'pattern']);
/** So many characters at a stretch, with blanks among them, are words of this product and nobody else's. */
const SHORTEST = 12;

/** Stands for a value in a sentence. */
const VALUE = '{}';

/**
 * The sentences of the product, in the order of the alphabet: every literal text of its sources that is more than a word, with `{}` for
 * what is put into it.
 */
export function sentencesIn(src: string): string[] {
	const found = new Set<string>();
	for (const file of globSync(FOLDERS, { cwd: src })) {
		if (file === FILE || /^nodered\/(browser|editor|locales)/.test(file)) continue;
		const source = ts.createSourceFile(file, readFileSync(path.join(src, file), 'utf8'), ts.ScriptTarget.Latest);
		const visit = (node: ts.Node): void => {
			if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && OTHERS.has(node.name.text)) return;
			const parts = partsOf(node);
			if (
				parts.some((part) => part.length >= SHORTEST && / \S+ /.test(part)) &&
				!parts.some((part) => /[\n{}]|="/.test(part))
			)
				found.add(parts.join(VALUE));
			ts.forEachChild(node, visit);
		};
		visit(source);
	}
	return [...found].sort();
}

function partsOf(node: ts.Node): string[] {
	if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
	if (!ts.isTemplateExpression(node)) return [];
	return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
}

/** The module that holds them. */
export const moduleOf = (
	sentences: readonly string[],
): string => `/* eslint-disable max-lines -- written by \`npm run docs\` */

/** Every sentence of the sources, one in a line; \`{}\` stands for what is put into it. */
export const SENTENCES = \`
${sentences.map((sentence) => sentence.replace(/[\\`]|\$\{/g, '\\$&')).join('\n')}
\`;
`;

/** Writes the module of a tree of sources. */
export function writeSentences(src: string): void {
	writeFileSync(path.join(src, FILE), moduleOf(sentencesIn(src)));
}

if (require.main === module) writeSentences(path.resolve('src'));
