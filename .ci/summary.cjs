// Adds up jest's result files and prints "N passed, N failed" as the last line. A file that is missing means that its run did not
// come to an end, which counts as one failure.
const { existsSync, readFileSync } = require('node:fs');
const path = require('node:path');

const [folder, ...names] = process.argv.slice(2);

function count(name) {
	const file = path.join(folder, name);
	if (!existsSync(file)) {
		console.log(`${name}: the run left no result`);
		return { passed: 0, failed: 1 };
	}
	const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(file, 'utf8'));
	return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
}

const counts = names.map(count);
const passed = counts.reduce((sum, one) => sum + one.passed, 0);
const failed = counts.reduce((sum, one) => sum + one.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
