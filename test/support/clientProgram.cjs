// A program of its own that uses the built client: makes one call after the other, in the time of its parent, and tells what came of it.
const { createPool } = require('../../dist/src/core/pool.js');
const { memoryStore } = require('../../dist/src/core/host.js');
const { explain, rightOf, serviceOf, spacingOf } = require('../../dist/src/services/index.js');

let now = 0;
let draws = [];
let wake = () => undefined;

const host = {
	now: () => now,
	sleep: (milliseconds) =>
		new Promise((resolve) => {
			wake = resolve;
			process.send({ sleep: milliseconds });
		}),
	later: () => undefined,
	random: () => draws.shift() ?? Math.random(),
	store: memoryStore(),
	log: { debug: () => undefined, warn: () => undefined },
};

async function work({ connection, call, params }) {
	const pool = createPool({ host, explain, rightOf, serviceOf, spacingOf });
	const { dsm } = pool.acquire(connection, { apis: [call.api] });
	const errors = [];
	for (const one of params) await dsm.call(call, one).catch(({ message, hint }) => errors.push(`${message} ${hint}`));
	process.send({ errors });
	process.disconnect();
}

process.on('message', (message) => {
	now = message.now;
	if (message.work) {
		draws = message.work.draws;
		void work(message.work);
	} else wake();
});
