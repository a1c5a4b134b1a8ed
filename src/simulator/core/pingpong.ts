import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dsmJson } from './json';
import type { Nas } from './nas';

/** `/webman/pingpong.cgi`: reachable, booted, and the MD5 of the QuickConnect server id (core.md 12.4). */
export function pingpong(nas: Nas, request: IncomingMessage, response: ServerResponse): void {
	request.resume();
	const ezid = createHash('md5').update(nas.capabilities.serverID).digest('hex');
	response.writeHead(200, {
		Server: 'nginx',
		'Content-Type': 'application/json; charset="UTF-8"',
		'Access-Control-Allow-Origin': '*',
	});
	response.end(dsmJson({ boot_done: true, ezid, success: true }));
}
