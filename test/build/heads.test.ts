import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { classOf, withLists } from '../../src/build/heads';
import { root } from '../../src/build/places';
import { headName, services } from '../../src/services';

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

describe('the table of services', () => {
	test('is what package.json lists', () => {
		expect(withLists(read('package.json'))).toBe(read('package.json'));
	});

	test('is what nodes/ holds', () => {
		const heads = services.flatMap((entry) => [
			...entry.nodes.map((kind) => `nodes/${headName(entry)}/${classOf(entry, kind)}.node.ts`),
			`nodes/${headName(entry)}/synology-${entry.id}.nodered.ts`,
		]);
		expect(globSync('nodes/*/*.ts', { cwd: root }).sort()).toEqual(heads.sort());
	});

	test('is what src/services holds', () => {
		const folders = globSync('src/services/*/index.ts', { cwd: root }).map((file) => path.basename(path.dirname(file)));
		expect(folders.sort()).toEqual(services.map(({ id }) => id).sort());
	});

	test.each(services.map((entry) => [entry.id, entry] as const))(
		'says of %s what the service says itself',
		(id, entry) => {
			const { title, apis, nodes, load } = entry;
			const loaded = load();
			expect({ id, title, apis, nodes }).toEqual({
				id: loaded.id,
				title: loaded.title,
				apis: loaded.apis,
				nodes: [
					'action',
					...(Object.keys(loaded.triggers).length > 0 ? ['trigger'] : []),
					...(loaded.pushes ? ['push'] : []),
				],
			});
		},
	);

	test.each(services.map(({ id }) => id))('finds the samples and the icons of %s', (id) => {
		const files = [
			`src/services/${id}/samples.ts`,
			`icons/${id}.svg`,
			`icons/${id}.dark.svg`,
			`icons/nodered/${id}.svg`,
		];
		expect(files.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
	});

	test.each(services.map(({ id, title }) => [title, id] as const))(
		'is what the README lists: Synology %s',
		(title, id) => {
			const readme = read('README.md');
			expect(readme).toContain(`| **Synology ${title}** |`);
			expect(readme).toContain(`](docs/api/${id}.md)`);
		},
	);
});

describe('the heads for n8n', () => {
	test.each(services.flatMap((entry) => entry.nodes.map((kind) => [classOf(entry, kind), entry, kind] as const)))(
		'%s is made of the parts of its service, with a codex beside it',
		(name, entry, kind) => {
			const folder = `nodes/${headName(entry)}`;
			const describing = { action: 'describe', trigger: 'describeTrigger', push: 'describePush' }[kind];
			expect(read(`${folder}/${name}.node.ts`)).toContain(`...${describing}('${entry.id}'),`);
			expect(JSON.parse(read(`${folder}/${name}.node.json`))).toMatchObject({
				node: `@synoflow/n8n-nodes-synology.s${name.slice(1)}`,
			});
		},
	);
});
