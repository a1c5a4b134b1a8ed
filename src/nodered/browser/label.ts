import { namesIn } from './additional';
import { connectionLabel } from './connection';
import type { NodeTitles } from './data';
import { entryKeyOf, headOf, isConnection, type EditorNode, typesOf } from './node';
import { loadTitles, titlesHere } from './request';
import { word } from './words';

/** Name of a node type in the palette and above its form. */
export const paletteLabel = (node: EditorNode): string => node._(`${node.type}.title`);

/** What a node does, to what: "Chat · Send a message: General", of a trigger with two more events
 * "Drive · File created +2". A target is what was picked first from a list of the NAS. */
function sentence(node: EditorNode, { service, entries }: NodeTitles): string | undefined {
	const [group, name] = entryKeyOf(node);
	const title = entries[group]?.[name];
	if (title === undefined) return undefined;
	const target = Object.values(node.params ?? {}).find(({ type, label }) => type === 'pick' && label)?.label;
	const more = namesIn(node['additional']).filter((one) => one !== name).length;
	return `${service} · ${title}${target === undefined ? '' : `: ${target}`}${more === 0 ? '' : ` +${more}`}`;
}

const isWaitedFor = new Set<string>();

/** Nodes of a service are drawn again when their titles have come. */
async function redrawWith(service: string): Promise<void> {
	if (isWaitedFor.has(service)) return;
	isWaitedFor.add(service);
	try {
		await loadTitles(service);
	} catch {
		// The name of the node type stands for them; the next drawing asks again.
		isWaitedFor.delete(service);
		return;
	}
	const types = typesOf(service);
	RED.nodes.eachNode((node) => {
		if (types.includes(node.type)) Object.assign(node, { dirty: true, resize: true });
	});
	RED.view.redraw();
}

/** Text of a node on the canvas. */
export function label(node: EditorNode): string {
	if (node.name) return node.name;
	if (isConnection(node)) return connectionLabel(node);
	const { service } = headOf(node);
	if (service === '') return paletteLabel(node);
	const titles = titlesHere(service);
	if (!titles) void redrawWith(service);
	const own = titles?.[node.type];
	return (own && sentence(node, own)) ?? paletteLabel(node);
}

export const labelStyle = (node: EditorNode): string => (node.name ? 'node_label_italic' : '');

export const inputLabels = (node: EditorNode): string => word(node, 'inputPort');

export const outputLabels = (node: EditorNode): string =>
	word(node, headOf(node).kind === 'action' ? 'outputPort' : 'event');

/** The palette's search looks at names alone: it shall find a node by what it works with, too. */
export function watchPalette(): void {
	RED.events.on('registry:node-type-added', (type) => {
		if (!typesOf().includes(type)) return;
		// The palette adds its entry on the same event, at a time that is its own.
		setTimeout(() => {
			const entry = document.querySelector(`.red-ui-palette-node[data-palette-type="${type}"]`);
			const name = entry?.getAttribute('data-palette-label') ?? '';
			entry?.setAttribute('data-palette-label', `${name} ${PALETTE_WORDS} ${headOf({ type }).words}`);
		});
	});
}

/** What people call the device. */
const PALETTE_WORDS = 'nas dsm diskstation';
