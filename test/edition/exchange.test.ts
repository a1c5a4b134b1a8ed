import { describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { NodeHelpers, type INode, type INodeTypeDescription } from 'n8n-workflow';
import { PACKAGE, root, STRICT } from '../../src/build/places';
import { exchanged } from '../../src/host/command/exchange';
import { typeOf } from '../n8n/engine';
import { examples, read } from '../n8n/examples';

interface Exported {
	nodes: INode[];
}

/** Names of the nodes that n8n's own loader finds in the unpacked edition, with the package before them. */
function loaded(): Set<string> {
	const program = path.join(root, 'test/package/n8n.cjs');
	const text = execFileSync(process.execPath, [program, process.env['SYNOFLOW_EDITION']!], {
		encoding: 'utf8',
		env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: '', NODE_PATH: path.join(root, 'node_modules') },
	});
	const { name, nodes } = JSON.parse(text.slice(text.indexOf('{"name"'))) as {
		name: string;
		nodes: { name: string }[];
	};
	return new Set(nodes.map((node) => `${name}.${node.name}`));
}

const isOurs = ({ type }: INode): boolean => type.startsWith('@synoflow/');

describe('the example workflows, exchanged for the edition', () => {
	const workflows = examples.map((name) => [name, JSON.stringify(read(name))] as const);

	test('name nodes that the edition has, and come back as they were', () => {
		const known = loaded();
		let count = 0;
		for (const [, text] of workflows) {
			const there = exchanged(text, 'strict').text;
			const types = (JSON.parse(there) as Exported).nodes.filter(isOurs).map(({ type }) => type);
			expect(types.filter((type) => !known.has(type))).toEqual([]);
			count += types.length;
			expect(JSON.parse(exchanged(there, 'full').text)).toEqual(JSON.parse(text));
		}
		expect([count > 10, [...known].every((type) => type.startsWith(`${STRICT}.`))]).toEqual([true, true]);
	});

	test.each(workflows)('%s has no parameter that the edition does not take', (_, text) => {
		for (const node of (JSON.parse(exchanged(text, 'strict').text) as Exported).nodes.filter(isOurs)) {
			const { description } = typeOf(node.type);
			const form = description.properties;
			const given = NodeHelpers.getNodeParameters(
				form,
				node.parameters,
				true,
				false,
				node,
				description as INodeTypeDescription,
			);
			expect(
				NodeHelpers.getNodeParametersIssues(
					form,
					{ ...node, parameters: given ?? {} },
					description as INodeTypeDescription,
				),
			).toBeNull();
			expect(node.type.startsWith(`${PACKAGE}.`)).toBe(false);
		}
	});
});
