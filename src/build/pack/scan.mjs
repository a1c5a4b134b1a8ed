// Runs n8n's own scanner, but for its downloads: `scan.mjs <checkout of the repository> <unpacked package>`. Prints what it finds; ends with
// 1 if that is anything.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { analyzePackage, findPackageRoot, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';

const [checkout, unpacked] = process.argv.slice(2).map((folder) => path.resolve(folder));
const { name } = JSON.parse(await readFile(path.join(unpacked, 'package.json'), 'utf8'));

// What it looks at in the source that the provenance names, and in the tarball.
const legs = {
	source: [findPackageRoot(checkout, name), SOURCE_FILE_PATTERNS],
	package: [unpacked, ['**/*.js', 'package.json']],
};

for (const [leg, [folder, patterns]] of Object.entries(legs)) {
	const { passed, message, details } = await analyzePackage(folder, patterns);
	console.log(passed && !message ? `${leg}: 0 findings` : `${leg}: ${message}\n${details ?? ''}`);
	if (!passed || message) process.exitCode = 1;
}
