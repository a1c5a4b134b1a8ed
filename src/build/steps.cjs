// Steps that run before anything is compiled, hence plain JavaScript. Each ends with an error when its program does.
const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const path = require('node:path');

const root = path.join(__dirname, '../..');

/**
 * Runs a program with this Node.js in the project's root, its output shown as it comes.
 * Ctrl+C reaches the program itself (same terminal group); a SIGTERM sent to this process alone is passed on.
 */
function node(script, args = [], stdio = 'inherit') {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [path.resolve(root, script), ...args], { cwd: root, stdio });
		const pass = () => child.kill('SIGTERM');
		const ignore = () => {};
		process.on('SIGTERM', pass);
		process.on('SIGINT', ignore);
		child.on('error', reject);
		child.on('exit', (code, signal) => {
			process.off('SIGTERM', pass);
			process.off('SIGINT', ignore);
			if (code === 0) resolve();
			else reject(new Error(`${script} ended with ${signal ?? code}.`));
		});
	});
}

const named = (displayName, step) => Object.assign(step, { displayName });

module.exports = {
	root,
	node,
	clean: named('clean', () =>
		Promise.all(['dist', 'resources'].map((made) => rm(path.join(root, made), { recursive: true, force: true }))),
	),
	compile: named('compile', () => node(require.resolve('typescript/bin/tsc'), ['-p', 'tsconfig.json'])),
	lintSources: named('lint', () =>
		node(path.join(path.dirname(require.resolve('eslint/package.json')), 'bin/eslint.js'), [
			'--config',
			'src/build/eslint.mjs',
			'--no-warn-ignored',
			'--no-error-on-unmatched-pattern',
			'--max-warnings=0',
			'src',
			'test',
			'nodes',
			'credentials',
		]),
	),
	program: (script, name, args = []) => named(name, () => node(script, args)),
};
