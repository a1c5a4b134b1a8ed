interface Answer {
	result: unknown;
	error?: { message: string };
}

/** The few calls of the Model Context Protocol with which an AI agent finds and uses the tools of a workflow. */
export class McpClient {
	#session = '';
	#id = 0;

	constructor(readonly url: string) {}

	async start(): Promise<this> {
		const clientInfo = { name: 'test', version: '1.0.0' };
		await this.#send({
			id: ++this.#id,
			method: 'initialize',
			params: { protocolVersion: '2025-03-26', capabilities: {}, clientInfo },
		});
		await this.#send({ method: 'notifications/initialized' });
		return this;
	}

	async tools(): Promise<{ name: string; description: string; inputSchema: { properties: object } }[]> {
		return ((await this.#call('tools/list', {})) as { tools: [] }).tools;
	}

	/** Runs a tool; gives the text of its answer. */
	async use(name: string, args: Record<string, unknown>): Promise<string> {
		const { content } = (await this.#call('tools/call', { name, arguments: args })) as { content: { text: string }[] };
		return content.map(({ text }) => text).join('\n');
	}

	async #call(method: string, params: object): Promise<unknown> {
		const text = await this.#send({ id: ++this.#id, method, params });
		// The answer is a server-sent event.
		const data = text.split('\n').find((line) => line.startsWith('data: '));
		const answer = JSON.parse(data?.slice(6) ?? text) as Answer;
		if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
		return answer.result;
	}

	async #send(message: object): Promise<string> {
		const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
		const response = await fetch(this.url, {
			method: 'POST',
			headers: this.#session ? { ...headers, 'mcp-session-id': this.#session } : headers,
			body: JSON.stringify({ jsonrpc: '2.0', ...message }),
		});
		if (!response.ok) throw new Error(`HTTP ${response.status}: ${await response.text()}`);
		this.#session = response.headers.get('mcp-session-id') ?? this.#session;
		return await response.text();
	}
}
