// Names of the build steps; the work is in src/build.
const { series } = require('gulp');
const { clean, compile, lintSources, program } = require('./src/build/steps.cjs');

const assemble = program('dist/src/build/assemble.js', 'assemble');

exports.clean = clean;
exports.assemble = assemble;
exports.build = series(clean, compile, assemble);
exports.lint = lintSources;
exports.docs = series(
	exports.build,
	program('dist/src/build/sentences.js', 'sentences'),
	program('dist/src/build/docs.js', 'docs'),
);
exports.pack = series(exports.build, program('dist/src/build/pack/pack.js', 'pack'));
exports.start = series(exports.build, program('dist/src/build/demo.js', 'demo'));
exports.startN8n = series(exports.build, program('src/build/demo-n8n.mjs', 'demo'));
exports.e2e = series(exports.build, program('test/e2e/run.mjs', 'e2e'));
