import { areAdditional } from './additional';
import { checkEntry, isChosen, isLimit } from './check';
import { checkSetting } from './connection';
import { entryKeyOf, headOf, isConnection, textOf, type EditorNode } from './node';
import { control } from './dom';
import { isParallel } from './parallel';
import { titles } from './request';
import { word } from './words';

type Check = (node: EditorNode, value: unknown) => boolean | string;

const entryOf = (node: EditorNode) => {
	const [group, name] = entryKeyOf(node);
	return headOf(node).groups[group]?.[name];
};

const limit: Check = (node, value) => isLimit(value) || word(node, 'notLimit');

const params: Check = (node, values) =>
	checkEntry(node, entryOf(node), values as never, titles(headOf(node).service, node.type, ...entryKeyOf(node)));

const interval: Check = (node, value) => Number(value) >= 2 || word(node, 'notInterval');

const isAutomatic = (node: EditorNode): boolean => node['registration'] !== 'manual';

/** By kind of node, then by property: true, false, or what is wrong. */
const CHECKS: Record<string, Record<string, Check>> = {
	action: {
		// A connection must be chosen where the operation goes with it: an account, or a bot with its token.
		nas: (node, value) => entryOf(node)?.token === true || isChosen(value),
		bot: (node, value) => entryOf(node)?.token !== true || isChosen(value),
		sso: (node, value) => entryOf(node)?.sso !== true || isChosen(value),
		operation: (node, value) => {
			// While the form is open, it says which resource the operation belongs to.
			const resource = node.synoflow ? control('resource').value : textOf(node['resource']);
			return headOf(node).groups[resource]?.[textOf(value)] !== undefined;
		},
		params,
		limit,
		maxSize: limit,
		output: (node, value) =>
			value === undefined ||
			RED.utils.validateTypedProperty(textOf(value), textOf(node['outputType']) || 'msg', {
				label: word(node, 'output'),
			}),
		parallel: (node, value) => isParallel(value) || word(node, 'notParallel'),
	},
	trigger: {
		trigger: (node, value) => headOf(node).groups['trigger']?.[textOf(value)] !== undefined,
		additional: (node, value) => {
			const chosen = node.synoflow ? control('trigger').value : textOf(node['trigger']);
			return areAdditional(headOf(node), chosen, value) || word(node, 'notAdditional');
		},
		params,
		interval,
	},
	connection: { interval },
	push: {
		trigger: (node, value) => headOf(node).groups['trigger']?.[textOf(value)] !== undefined,
		params,
		nas: (node, value) => !isAutomatic(node) || isChosen(value),
		bot: (node, value) => isAutomatic(node) || isChosen(value),
		address: (node, value) => {
			const isAddress = /^https?:\/\/[^/]/i.test(textOf(value));
			return !isAutomatic(node) || isAddress || word(node, 'notAddress');
		},
		path: (node, value) => textOf(value).trim() !== '' || word(node, 'notPath'),
	},
};

/** Whether a property of a node is in order: true, false, or what is wrong. */
export const check = (node: EditorNode, property: string, value: unknown): boolean | string => {
	if (isConnection(node)) return checkSetting(node, property, value);
	return CHECKS[headOf(node).kind]![property]!(node, value);
};
