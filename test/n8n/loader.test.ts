import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import './environment';
import { PackageDirectoryLoader } from 'n8n-core';
import type { INodeType } from 'n8n-workflow';
import manifest from '../../package.json';
import { allServices, triggersOf } from '../../src/services';
import type { Service } from '../../src/catalog/operation';
import { PACKAGE } from './engine';

/** The package as `npm run build` leaves it, read as n8n reads it. */
const loader = new PackageDirectoryLoader(join(__dirname, '../..'));
const loaded = loader.loadAll();

const nodeName = ({ id }: Service): string => `synology${id.charAt(0).toUpperCase()}${id.slice(1)}`;
const actions = allServices().map(nodeName).sort();
const triggers = allServices()
	.filter((service) => triggersOf(service).length > 0)
	.map((service) => `${nodeName(service)}Trigger`);

describe("the built package in n8n's loader", () => {
	test('gives every node and credential of the manifest', async () => {
		await loaded;
		expect(loader.packageName).toBe(PACKAGE);
		const named = (files: string[]) => files.map((file) => `s${basename(file).split('.')[0]!.slice(1)}`).sort();
		const nodes = named(manifest.n8n.nodes);
		expect(nodes).toEqual(expect.arrayContaining([...actions, ...triggers]));
		expect(Object.keys(loader.known.nodes).sort()).toEqual(nodes);
		expect(Object.keys(loader.known.credentials).sort()).toEqual(named(manifest.n8n.credentials));
		expect(loader.nodesByCredential.synologyNasApi?.sort()).toEqual(nodes);
	});

	test('has an icon for light and for dark, categories and a documentation link for each node', async () => {
		await loaded;
		for (const description of loader.types.nodes) {
			expect(description.iconUrl).toMatchObject({
				light: expect.stringContaining('.svg'),
				dark: expect.stringContaining('.dark.svg'),
			});
			expect(description.codex?.categories?.length).toBeGreaterThan(0);
			expect(description.codex?.resources?.primaryDocumentation?.[0]?.url).toContain('docs/api/');
		}
	});

	test('offers the action nodes, but not the trigger, as tools for AI agents', async () => {
		await loaded;
		const usable = loader.types.nodes.filter(({ usableAsTool }) => usableAsTool).map(({ name }) => name);
		expect(usable.sort()).toEqual(actions);
	});

	test('adds the poll times to the trigger', async () => {
		await loaded;
		const { description, poll } = loader.getNode('synologyChatTrigger').type as INodeType;
		expect(description.polling).toBe(true);
		expect(description.properties.map(({ name }) => name)).toEqual(
			expect.arrayContaining(['pollTimes', 'event', 'channels', 'keyword']),
		);
		expect(typeof poll).toBe('function');
	});
});
