#!/usr/bin/env node
import { isDsmError } from '../../core/errors';
import { check } from './check';
import { USAGE } from './common';
import { exchange } from './exchange';
import { signInOrOut } from './signIn';

/** What goes to stdout can be piped; what is said to the person goes to stderr. */
async function main(): Promise<void> {
	const command = { check, exchange }[process.argv[2] ?? ''] ?? signInOrOut;
	const isDone = await command();
	if (isDone) return;
	process.stderr.write(USAGE);
	process.exitCode = 2;
}

main().catch((error: unknown) => {
	const hint = isDsmError(error) && error.hint !== undefined ? ` ${error.hint}` : '';
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}${hint}\n`);
	process.exitCode = 1;
});
