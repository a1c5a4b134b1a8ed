// Loaded before a benchmark: puts the platform that n8n lends in the place of Node.js, as the edition for n8n does.
const node = require.resolve('../../platform/node');
const hosted = require('../../platform/hosted') as object;

require(node);
require.cache[node]!.exports = hosted;
