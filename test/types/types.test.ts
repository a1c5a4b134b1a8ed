import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.join(__dirname, '../..');

const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
const [accepted, refused] = ['accepted.ts', 'refused/client.ts'].map((name) => path.join(__dirname, name)) as [
	string,
	string,
];
const program = ts.createProgram([accepted, refused], { ...options, noEmit: true });

/** Compiler messages of one file, with the project's own strict options. */
function compile(file: string): { line: number; message: string }[] {
	const source = program.getSourceFile(file)!;
	return program.getSemanticDiagnostics(source).map(({ start = 0, messageText }) => ({
		line: source.getLineAndCharacterOfPosition(start).line + 1,
		message: ts.flattenDiagnosticMessageText(messageText, ' '),
	}));
}

describe('the typed client', () => {
	test('refuses every line that is marked so, and no other', () => {
		const lines = readFileSync(refused, 'utf8').split('\n');
		const marked = lines.flatMap((text, index) => (text.includes('// refused:') ? [index + 2] : []));
		expect(marked).toHaveLength(13);
		expect([...new Set(compile(refused).map(({ line }) => line))]).toEqual(marked);
	});

	test('accepts what users write', () => {
		expect(compile(accepted)).toEqual([]);
	});
});
