/**
 * The whole address that Chat calls: that of Node-RED as the NAS reaches it, the root that the settings give its HTTP nodes
 * (`httpNodeRoot`) unless the address ends with it already, and the path of the node. The form shows it, and the runtime registers it.
 */
export function callbackOf(httpNodeRoot: string | false | undefined, address: string, path: string): string {
	const base = address.replace(/\/+$/, '');
	const root = (httpNodeRoot || '').replace(/^\/+|\/+$/g, '');
	return [root === '' || base.endsWith(`/${root}`) ? base : `${base}/${root}`, path.replace(/^\/+/, '')].join('/');
}
