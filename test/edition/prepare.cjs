const { execFileSync } = require('node:child_process');
const { mkdirSync, rmSync } = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '../..');

/** Packs the edition for n8n out of what the last build left in dist, and unpacks it again. */
module.exports = async () => {
	const { editions } = require(path.join(root, 'dist/src/build/pack/editions.js'));
	const { filesOfBoth, packEdition } = require(path.join(root, 'dist/src/build/pack/pack.js'));
	const folder = path.join(root, '.cache/edition');
	rmSync(folder, { recursive: true, force: true });
	const unpacked = path.join(folder, 'unpacked');
	mkdirSync(unpacked, { recursive: true });
	const edition = editions.find(({ id }) => id === 'n8n');
	const tarball = await packEdition(edition, await filesOfBoth(), path.join(folder, 'packed'));
	execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', unpacked]);
	process.env.SYNOFLOW_EDITION = unpacked;
};
