import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { services } from '../../services';
import { writeFiles, type Files } from '../files';
import { root } from '../places';
import { edited } from './lists';
import { rooms, type NewService } from './rooms';

const USAGE = `Usage: npm run new-service -- <id> ["Title"]
  <id>     short name of lower-case letters, first part of the ids of all operations: audio
  "Title"  as DSM calls it: "Audio Station"; by default the id with a capital`;

/** What is asked for. Throws when it cannot be. */
export function newService([id = '', title = id.charAt(0).toUpperCase() + id.slice(1)]: string[]): NewService {
	if (!/^[a-z]+$/.test(id)) throw new Error(USAGE);
	if (!/^[A-Z][\w ]*$/.test(title))
		throw new Error(`"${title}" is no title: letters, digits and spaces after a capital.`);
	if (services.some((known) => known.id === id)) throw new Error(`There is a service "${id}" already.`);
	return { id, title };
}

/** Writes the rooms of a service and lists it; gives the names of the files that are new and of those that were edited. */
export function writeService(folder: string, service: NewService): { made: string[]; changed: string[] } {
	const made: Files = rooms(service);
	const taken = Object.keys(made).find((file) => existsSync(path.join(folder, file)));
	if (taken) throw new Error(`${taken} is there already.`);
	const changed = edited(service, (file) => readFileSync(path.join(folder, file), 'utf8'));
	writeFiles(folder, { ...made, ...changed });
	format(folder, Object.keys(made));
	return { made: Object.keys(made), changed: Object.keys(changed) };
}

/** The templates need not know how the formatter breaks lines. */
function format(folder: string, files: string[]): void {
	const prettier = path.join(path.dirname(require.resolve('prettier/package.json')), 'bin/prettier.cjs');
	const own = files.filter((file) => /\.(ts|json)$/.test(file));
	const style = ['--config', path.join(root, '.prettierrc.json')];
	execFileSync(process.execPath, [prettier, '--log-level', 'warn', ...style, '--write', ...own], { cwd: folder });
}

/** Build and reference, so that all tests pass at once. */
function finish(): void {
	const gulp = path.join(path.dirname(require.resolve('gulp')), 'bin/gulp.js');
	execFileSync(process.execPath, [gulp, 'docs'], { cwd: root, stdio: 'inherit' });
}

function main(): void {
	const service = newService(process.argv.slice(2));
	const { made, changed } = writeService(root, service);
	finish();
	console.log(`
New:     ${made.join('\n         ')}
Edited:  ${changed.join('\n         ')}

Next, as CONTRIBUTING says: the calls in wire.ts from the dossier, operations, the simulator's behaviours, scenarios, icons.
`);
}

if (require.main === module) {
	try {
		main();
	} catch (error) {
		console.error((error as Error).message);
		process.exitCode = 1;
	}
}
