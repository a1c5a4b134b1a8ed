const { existsSync } = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '../..');
const PRODUCT = /^(nodes|credentials|src\/(catalog|core|formats|host|n8n|platform|services|vendor))\/.*\.ts$/;

/** Everything of the product comes from the edition as it is packed; what is not in it, as samples for the reference, from its source. */
module.exports = (request, options) => {
	const found = options.defaultResolver(request, options);
	const file = path.relative(root, found).split(path.sep).join('/');
	if (!PRODUCT.test(file)) return found;
	const packed = path.join(process.env.SYNOFLOW_EDITION, 'dist', file.replace(/\.ts$/, '.js'));
	return existsSync(packed) ? packed : found;
};
