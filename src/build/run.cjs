// `node src/build/run.cjs dist/src/simulator/cli.js ARGS`: runs a compiled program, building first when dist is missing or older
// than a source. The build talks on stderr, so that stdout holds nothing but what the program says.
const { existsSync, globSync, statSync } = require('node:fs');
const path = require('node:path');
const { node, root } = require('./steps.cjs');

const sources = ['src/**', 'nodes/**', 'credentials/**', 'icons/**', 'tsconfig.json'];

function isStale() {
	const marker = path.join(root, 'dist/src/build/assemble.js');
	if (!existsSync(marker)) return true;
	const built = statSync(marker).mtimeMs;
	return globSync(sources, { cwd: root }).some((file) => statSync(path.join(root, file)).mtimeMs > built);
}

async function main([program, ...args]) {
	if (isStale())
		await node(path.join(path.dirname(require.resolve('gulp')), 'bin/gulp.js'), ['build'], ['ignore', 2, 2]);
	await node(program, args);
}

main(process.argv.slice(2)).catch((error) => {
	console.error(error.message);
	process.exitCode = 1;
});
