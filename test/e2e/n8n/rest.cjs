// n8n's own REST interface, as its editor uses it: set-up, credentials, workflows, executions.
const { createRequire } = require('node:module');
const path = require('node:path');
const { until } = require('../process.cjs');

/** The account every server of the tests and of the demo is set up with. */
const owner = { email: 'alice@example.com', firstName: 'Alice', lastName: 'Example', password: 'Synoflow-demo-1' };

/** A poll every five seconds: n8n refuses a step in the seconds field, but allows several times of one minute each. */
const everyFiveSeconds = {
	item: Array.from({ length: 12 }, (_, index) => ({ mode: 'custom', cronExpression: `${index * 5} * * * * *` })),
};

/** n8n keeps execution data "flatted", JSON text inside JSON; its own parser reads it. */
const flatted = () => createRequire(path.join(__dirname, 'node_modules/n8n/package.json'))('flatted');

class N8nRest {
	#cookie = '';

	constructor(url) {
		this.url = url;
	}

	/** Sends no `browser-id`: with it the session would be bound to that header. Gives the answer's `data`. */
	async send(method, path, body) {
		const response = await fetch(this.url + path, {
			method,
			headers: { 'content-type': 'application/json', cookie: this.#cookie },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const cookie = response.headers.getSetCookie().find((text) => text.startsWith('n8n-auth='));
		if (cookie) this.#cookie = cookie.split(';')[0];
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} ${path}: HTTP ${response.status} ${text.slice(0, 500)}`);
		const answer = JSON.parse(text);
		return answer.data ?? answer;
	}

	/** Creates the owner on the first start and logs in on later ones. */
	async signIn() {
		const settings = await this.send('GET', '/rest/settings');
		if (settings.userManagement.showSetupOnFirstLoad) await this.send('POST', '/rest/owner/setup', owner);
		else await this.send('POST', '/rest/login', { emailOrLdapLoginId: owner.email, password: owner.password });
		return this;
	}

	/** `{ id, name }`, the form a node's `credentials` wants. */
	async createCredential(name, type, data) {
		const { id } = await this.send('POST', '/rest/credentials', { name, type, data });
		return { id, name };
	}

	async createWorkflow(name, nodes, connections = {}) {
		return await this.send('POST', '/rest/workflows', { name, nodes, connections, settings: { executionOrder: 'v1' } });
	}

	async workflow(id) {
		return await this.send('GET', `/rest/workflows/${id}`);
	}

	/** Publishes the draft and waits until its triggers run; a trigger that cannot start is retried by n8n for 15 s first. */
	async publish(id) {
		const { versionId } = await this.workflow(id);
		await this.send('POST', `/rest/workflows/${id}/activate`, { versionId });
		return await this.published(id, versionId);
	}

	/** Waits for the real activation: `activate` itself answers before any trigger runs. */
	async published(id, versionId) {
		return await until(
			`workflow ${id} is published`,
			async () => {
				const status = await this.send('GET', `/rest/workflows/${id}/publication-status`);
				if (status.status === 'failed') return status;
				return status.status === 'published' && (!versionId || status.liveVersionId === versionId) && status;
			},
			{ within: 60_000 },
		);
	}

	async unpublish(id) {
		await this.send('POST', `/rest/workflows/${id}/deactivate`, {});
	}

	/** All executions of a workflow, the newest first. */
	async executions(workflowId) {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const found = [];
		for (;;) {
			const after = found.length > 0 ? `&lastId=${found.at(-1).id}` : '';
			const { results } = await this.send('GET', `/rest/executions?limit=100&filter=${filter}${after}`);
			found.push(...results);
			if (results.length < 100) return found;
		}
	}

	/** `{ status, mode, nodes: { [name]: items } }` of an ended execution. */
	async execution(id) {
		const { status, mode, data } = await this.send('GET', `/rest/executions/${id}`);
		const { resultData } = flatted().parse(data);
		const nodes = Object.entries(resultData.runData).map(([name, runs]) => [name, runs[0]?.data?.main?.[0] ?? []]);
		return { status, mode, error: resultData.error?.message, nodes: Object.fromEntries(nodes) };
	}
}

module.exports = { owner, everyFiveSeconds, N8nRest };
