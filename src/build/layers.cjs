const path = require('node:path');

/**
 * Which part of src may import which other part, and which packages: the picture in CONTRIBUTING.md as a rule.
 * The simulator and the client are two witnesses, so they share nothing; the core and the catalogue know neither host;
 * only src/vendor imports what is bundled.
 */
const allowed = {
	vendor: {
		layers: [],
		packages: ['zod', 'undici', 'ical.js', 'luxon', 'markdown-it', 'turndown', '@joplin/turndown-plugin-gfm', 'jose'],
	},
	platform: { layers: ['vendor'], packages: [] },
	core: { layers: ['platform', 'vendor'], packages: [] },
	formats: { layers: ['core', 'platform', 'vendor'], packages: [] },
	catalog: { layers: ['core', 'platform', 'vendor'], packages: [] },
	services: { layers: ['catalog', 'formats', 'core', 'platform', 'vendor'], packages: [] },
	host: { layers: ['services', 'catalog', 'core', 'platform', 'vendor'], packages: [] },
	n8n: { layers: ['host', 'services', 'catalog', 'core', 'platform', 'vendor'], packages: ['n8n-workflow'] },
	nodered: { layers: ['host', 'services', 'catalog', 'core', 'platform', 'vendor'], packages: [] },
	simulator: { layers: [], packages: ['@fastify/busboy', 'fast-xml-parser', 'fflate'] },
	build: {
		layers: ['host', 'services', 'formats', 'catalog', 'core', 'n8n', 'nodered', 'simulator', 'platform', 'vendor'],
		packages: [
			'typescript',
			'esbuild',
			'gulp',
			'prettier',
			'node-red',
			'express',
			'n8n-core',
			'n8n-workflow',
			'@n8n/di',
		],
	},
};

const layerOf = (file, root) => path.relative(path.join(root, 'src'), file).split(path.sep)[0];
const packageOf = (name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/');

/** Says what is wrong with an import, or nothing. `file` is absolute, `name` is what stands in the import. */
function refuse(file, name, root) {
	const layer = layerOf(file, root);
	const rule = allowed[layer];
	if (!rule || name.startsWith('node:')) return undefined;
	if (!name.startsWith('.')) {
		return rule.packages.includes(packageOf(name)) ? undefined : `src/${layer} must not import the package ${name}.`;
	}
	const target = layerOf(path.resolve(path.dirname(file), name), root);
	if (target === layer) return layer === 'simulator' ? refuseRoom(file, name, root) : undefined;
	if (rule.layers.includes(target)) return undefined;
	return `src/${layer} must not import from ${target === '..' ? 'outside src' : `src/${target}`}.`;
}

/** The core of the simulator knows its services by their list alone. */
function refuseRoom(file, name, root) {
	const of = (target) => path.relative(path.join(root, 'src/simulator'), target).split(path.sep);
	const [from] = of(file);
	const [to, service] = of(path.resolve(path.dirname(file), name));
	if (from !== 'core' || to !== 'services' || service === undefined) return undefined;
	return `src/simulator/core must not import the service ${service}: src/simulator/services lists them.`;
}

const isRequire = ({ callee }) =>
	(callee.type === 'Identifier' && callee.name === 'require') ||
	(callee.type === 'MemberExpression' && callee.object.name === 'require' && callee.property.name === 'resolve');

/** The rule for ESLint: every import, re-export, dynamic import and require. */
const layers = {
	meta: { type: 'problem', schema: [], docs: { description: 'imports go downward only' } },
	create(context) {
		const check = (source) => {
			if (typeof source?.value !== 'string') return;
			const message = refuse(context.filename, source.value, context.cwd);
			if (message) context.report({ node: source, message });
		};
		return {
			ImportDeclaration: (node) => check(node.source),
			ImportExpression: (node) => check(node.source),
			ExportAllDeclaration: (node) => check(node.source),
			ExportNamedDeclaration: (node) => check(node.source),
			TSImportType: (node) => check(node.argument?.literal ?? node.argument),
			TSExternalModuleReference: (node) => check(node.expression),
			CallExpression: (node) => isRequire(node) && check(node.arguments[0]),
		};
	},
};

module.exports = { allowed, refuse, layers };
