/** Settings of a connection that is new or was changed since the last deploy; undefined where the deployed one is as the editor has it. */
export function undeployedForm(id: string): Record<string, string> | undefined {
	const node = RED.nodes.node(id);
	if (!node?.changed) return undefined;
	const { credentials = {}, _def } = node;
	const names = Object.keys(_def.defaults);
	const values = { ...Object.fromEntries(names.map((name) => [name, node[name]])), ...credentials };
	const texts = Object.entries(values).filter(([name, value]) => typeof value === 'string' && !name.startsWith('has_'));
	return { ...(Object.fromEntries(texts) as Record<string, string>), id, type: node.type, z: node.z ?? '' };
}
