const path = require('node:path');

/**
 * Which part of src may import which other part, and which packages: the picture in CONTRIBUTING.md as a rule.
 * The simulator and the client are two witnesses, so they share nothing; the core and the catalogue know neither host;
 * only src/vendor imports what is bundled; src/platform is entered by its index alone.
 */
const allowed = {
	vendor: {
		layers: [],
		packages: ['zod', 'undici', 'ical.js', 'luxon', 'markdown-it', 'turndown', '@joplin/turndown-plugin-gfm', 'jose'],
	},
	// n8n's package for what n8n lends: src/platform/hosted alone.
	platform: { layers: ['vendor'], packages: ['n8n-workflow'] },
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
			'undici',
			'n8n-core',
			'n8n-workflow',
			'@n8n/di',
		],
	},
};

const layerOf = (file, root) => path.relative(path.join(root, 'src'), file).split(path.sep)[0];

/**
 * Files that also run where a host forbids the built-ins of Node.js and some globals: everything that n8n loads. What they need of
 * the program they run in they take from src/platform.
 */
const portable = [
	'src/{vendor,core,formats,catalog,services,n8n}/**/*.ts',
	'src/{host,platform,platform/hosted}/*.ts',
	'nodes/**/*.node.ts',
	'credentials/**/*.credentials.ts',
];
const isPortable = (file, root) => portable.some((pattern) => path.matchesGlob(path.relative(root, file), pattern));

/** Globals that n8n forbids in a package that it verifies, and the console. */
const forbidden = [
	...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate'],
	...['process', 'global', 'globalThis', '__dirname', '__filename', 'console'],
];

const packageOf = (name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/');

/**
 * Says what is wrong with an import, or nothing. `file` is absolute, `name` is what stands in the import; `isErased` tells that nothing of
 * it but types is used.
 */
function refuse(file, name, root, isErased = false) {
	if (name.startsWith('node:')) return isErased ? undefined : refuseBuiltin(file, name, root);
	const layer = layerOf(file, root);
	const rule = allowed[layer];
	if (!rule) return undefined;
	if (!name.startsWith('.')) {
		const isAllowed = rule.packages.includes(packageOf(name)) && !(layer === 'platform' && !isHosted(file, root));
		return isAllowed ? undefined : `src/${layer} must not import the package ${name}.`;
	}
	const target = layerOf(path.resolve(path.dirname(file), name), root);
	if (target === layer) return layer === 'simulator' ? refuseRoom(file, name, root) : undefined;
	if (rule.layers.includes(target)) return target === 'platform' ? refuseRear(file, name, root) : undefined;
	return `src/${layer} must not import from ${target === '..' ? 'outside src' : `src/${target}`}.`;
}

const isHosted = (file, root) => path.relative(path.join(root, 'src/platform'), file).startsWith('hosted');

function refuseBuiltin(file, name, root) {
	if (name === 'node:crypto' || !isPortable(file, root)) return undefined;
	return `${name} is not there in every host: take what it gives from src/platform.`;
}

/** Another platform may stand in the place of src/platform/node. */
function refuseRear(file, name, root) {
	// Programs of the build may choose.
	if (layerOf(file, root) === 'build') return undefined;
	const entered = path.relative(path.join(root, 'src/platform'), path.resolve(path.dirname(file), name));
	return entered === '' ? undefined : `src/platform is imported by its index alone, not ${entered}.`;
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

/** Whether an import or re-export is of types alone, which are gone when it runs. */
const isErased = ({ importKind, exportKind, specifiers = [] }) =>
	importKind === 'type' ||
	exportKind === 'type' ||
	(specifiers.length > 0 && specifiers.every((one) => one.importKind === 'type' || one.exportKind === 'type'));

/** The rule for ESLint: every import, re-export, dynamic import and require. */
const layers = {
	meta: { type: 'problem', schema: [], docs: { description: 'imports go downward only' } },
	create(context) {
		const check = (source, erased) => {
			if (typeof source?.value !== 'string') return;
			const message = refuse(context.filename, source.value, context.cwd, erased);
			if (message) context.report({ node: source, message });
		};
		return {
			ImportDeclaration: (node) => check(node.source, isErased(node)),
			ImportExpression: (node) => check(node.source),
			ExportAllDeclaration: (node) => check(node.source, isErased(node)),
			ExportNamedDeclaration: (node) => check(node.source, isErased(node)),
			TSImportType: (node) => check(node.argument?.literal ?? node.argument, true),
			TSExternalModuleReference: (node) => check(node.expression),
			CallExpression: (node) => isRequire(node) && check(node.arguments[0]),
		};
	},
};

module.exports = { allowed, forbidden, portable, refuse, layers };
