// Loads the package folder given as argument with n8n's own loader and prints what it found.
const { PackageDirectoryLoader } = require('n8n-core');

async function main() {
	const loader = new PackageDirectoryLoader(process.argv[2]);
	await loader.loadAll();
	const { name, known, types } = { name: loader.packageName, known: loader.known, types: loader.types };
	const nodes = types.nodes.map(({ name, displayName, iconUrl, usableAsTool, credentials, codex }) => ({
		name,
		displayName,
		iconUrl,
		usableAsTool,
		credentials: credentials?.map((one) => one.name),
		categories: codex?.categories,
	}));
	const credentials = types.credentials.map((one) => one.name);
	process.stdout.write(JSON.stringify({ name, nodes, credentials, known: Object.keys(known.nodes) }), () =>
		process.exit(0),
	);
}

void main();
