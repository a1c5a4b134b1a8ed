import { DsmInputError } from '../core/errors';
import type { Message, NodeConfig, Red, RedNode } from './red';

/** Where an answer goes: a property of the message, or a value of a context (`name` may say the store: `#:(disk)::last`). */
export interface Target {
	type: 'msg' | 'flow' | 'global';
	name: string;
}

const wrong = (text: string): DsmInputError =>
	new DsmInputError(text, { path: ['output'], hint: 'Open the node and choose where the answer goes.' });

/** The target that a node is saved with; `msg.payload` where it says nothing. Throws DsmInputError for what is no property. */
export function targetOf(red: Red, config: NodeConfig): Target {
	const { output = 'payload', outputType: type = 'msg' } = config;
	if (type !== 'msg' && type !== 'flow' && type !== 'global')
		throw wrong(`The answer cannot go to "${String(type)}": only msg, flow and global take one.`);
	const target: Target = { type, name: String(output).trim() };
	const { key } = type === 'msg' ? { key: target.name } : red.util.parseContextStore(target.name);
	try {
		red.util.normalisePropertyExpression(key);
	} catch (error) {
		throw wrong(`"${target.name}" is no property that an answer could go to: ${(error as Error).message}.`);
	}
	return target;
}

/** Throws DsmInputError where the message has something in the way, such as a text in `payload` for `payload.result`. */
export function checkTarget(red: Red, { type, name }: Target, message: Message): void {
	if (type !== 'msg') return;
	let place: unknown = message;
	for (const key of red.util.normalisePropertyExpression(name, message).slice(0, -1)) {
		place = (place as Record<string | number, unknown>)[key];
		if (place === undefined || place === null) return;
		if (typeof place !== 'object')
			throw wrong(`The answer cannot go to msg.${name}: "${String(key)}" holds a ${typeof place}, no object.`);
	}
}

/** Puts an answer where it goes. Rejects with what a context store throws. */
export async function putAnswer(
	red: Red,
	node: RedNode,
	{ type, name }: Target,
	message: Message,
	answer: unknown,
): Promise<void> {
	if (type === 'msg') {
		red.util.setMessageProperty(message, name, answer, true);
		return;
	}
	const { key, store } = red.util.parseContextStore(name);
	const context = node.context()[type];
	await new Promise<void>((resolve, reject) => {
		context.set(key, answer, store, (error) => (error ? reject(error) : resolve()));
	});
}
