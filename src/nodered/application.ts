import { DsmInputError } from '../core/errors';
import { fieldsOf } from '../host/form';
import { z } from '../vendor/zod';
import type { AnyOperation } from '../catalog/operation';
import { credentialsOf, settingsOf } from './settings';
import type { NodeConfig, Red, RedNode } from './red';

/** Type of the configuration node of an application of SSO Server. */
export const APPLICATION_TYPE = 'synology-sso';

/** Settings of an application, as the list of SSO Server shows them (identity.md 1.1). */
export const applicationSchema = z.object({
	client_id: z.string().trim().min(1).meta({
		title: 'Application ID',
		description: 'ID of the application in SSO Server',
		placeholder: 'e.g. 0f3c…',
	}),
	client_secret: z.string().trim().min(1).meta({
		title: 'Application Secret',
		description: 'Secret of the application in SSO Server',
		widget: 'secret',
	}),
	redirect_uri: z.url().meta({
		title: 'Redirect Address',
		description:
			'Where the browser comes back to, exactly as it is registered in SSO Server: the address of an HTTP In node',
		placeholder: 'e.g. https://nodered.example.com/signed-in',
	}),
});

/** What is kept of a sign-in address until the browser comes back. */
const pending = z.object({ state: z.string(), nonce: z.string(), code_verifier: z.string().optional() });
type Pending = z.output<typeof pending> & { until: number };

/** Milliseconds that a person has to sign in. */
export const PATIENCE = 15 * 60_000;
/** Sign-ins that wait at the same time: whoever only opens the address must not fill the memory. */
const MOST = 1000;

/** The sign-ins that were begun with an application. Each is answered once. */
export class Application {
	readonly #waiting = new Map<string, Pending>();

	constructor(
		private readonly settings: () => Record<string, unknown>,
		private readonly now: () => number = Date.now,
	) {}

	/**
	 * Parameters of an operation with what stands here: the settings, and what was kept of the sign-in that a browser comes back from.
	 * Throws DsmInputError where settings are missing, or nobody began that sign-in here.
	 */
	complete({ params: { shape } }: AnyOperation, params: Record<string, unknown>): Record<string, unknown> {
		const parsed = applicationSchema.safeParse(this.settings());
		if (!parsed.success) throw unset(String(parsed.error.issues[0]?.path[0]));
		const known = 'expected_state' in shape ? { ...parsed.data, ...this.#take(params['state']) } : parsed.data;
		const named = Object.entries(known).filter(([name]) => name in shape);
		return { ...params, ...Object.fromEntries(named) };
	}

	/** Keeps what belongs to an address that was built. */
	remember(result: unknown): void {
		const { data } = pending.safeParse(result);
		if (!data) return;
		for (const [state, { until }] of this.#waiting) {
			if (until >= this.now() && this.#waiting.size < MOST) break;
			this.#waiting.delete(state);
		}
		this.#waiting.set(data.state, { ...data, until: this.now() + PATIENCE });
	}

	#take(state: unknown): Record<string, unknown> {
		const found = typeof state === 'string' ? this.#waiting.get(state) : undefined;
		if (found) this.#waiting.delete(found.state);
		if (!found || found.until < this.now())
			throw new DsmInputError('The answer belongs to no sign-in that was begun here, or it was answered already.', {
				path: ['state'],
				hint: 'Let "State" take that of the address that the browser came back to, e.g. msg.req.query.state; then sign in again.',
			});
		const { until: _, state: expected, ...kept } = found;
		return { ...kept, expected_state: expected };
	}
}

const unset = (name: string): DsmInputError => {
	const title = fieldsOf(applicationSchema).find((field) => field.name === name)?.title ?? name;
	return new DsmInputError(`"${title}" is missing in the SSO application, or is none.`, {
		path: ['sso'],
		hint: 'Open the SSO application, and copy it from the application list of SSO Server.',
	});
};

interface ApplicationNode extends RedNode {
	application: Application;
}

/** Registers the configuration node of applications. */
export function registerApplication(red: Red): void {
	function Node(this: ApplicationNode, config: NodeConfig): void {
		red.nodes.createNode(this, config);
		this.application = new Application(() => settingsOf(config, this.credentials, applicationSchema));
	}
	red.nodes.registerType(APPLICATION_TYPE, Node as (this: RedNode, config: NodeConfig) => void, {
		credentials: credentialsOf(applicationSchema),
	});
}

/** The application that a node uses. Throws when none is chosen, or it is disabled. */
export function chosenApplication(red: Red, config: NodeConfig): Application {
	const id = config['sso'];
	const node = typeof id === 'string' && id !== '' ? (red.nodes.getNode(id) as ApplicationNode | null) : null;
	if (node?.application instanceof Application) return node.application;
	throw new DsmInputError('No SSO application is chosen, or it is disabled.', {
		path: ['sso'],
		hint: 'Open the node and choose or add a Synology SSO application.',
	});
}
