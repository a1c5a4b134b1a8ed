import { loadApis } from '../simulator/core/apis';
import type { RequestRecord } from '../simulator';

const apis = loadApis('7.3');

/** A request as a curl line for a POSIX shell in which NAS, SID and TOKEN are set, and CONFIRMED where a password was confirmed. */
export function curlLine(request: RequestRecord): string {
	const { api, method, version, params, bodyKind } = request;
	if (request.path.startsWith('/webman/')) return siteLine(request);
	if (api === '') return davLine(request);
	const { path = 'entry.cgi', requestFormat } = apis.get(api) ?? {};
	const json = requestFormat === 'JSON';
	const fields = Object.entries(params).filter(
		([name]) => !['api', 'method', 'version', '_sid', 'SynoToken', 'token'].includes(name),
	);
	const words = ['curl', '-s'];
	const bot = params['token'] === undefined ? undefined : method === 'incoming' ? 'WEBHOOK' : 'BOT';
	if (!bot) words.push('-H', '"X-SYNO-TOKEN: $TOKEN"');
	if (bodyKind === 'multipart')
		return [...words, ...multipart(api, method, version, fields), '-F', "'file=@hello.txt'"].join(' ');
	words.push(
		`"$NAS/webapi/${path}"`,
		...(bot ? ['--data-urlencode', `'token="'"$${bot}"'"'`] : ['-d', '"_sid=$SID"']),
		'-d',
		`api=${api}`,
		'-d',
		`version=${version}`,
		'-d',
		`method=${method}`,
	);
	for (const [name, value] of fields) words.push('--data-urlencode', field(name, value, json));
	return words.join(' ');
}

/** Proofs that the NAS makes up anew each time, as the answer before gave them. */
const PROOFS: Record<string, string> = { SynoConfirmPWToken: 'CONFIRMED' };

const field = (name: string, value: unknown, json: boolean): string =>
	PROOFS[name] === undefined ? quote(`${name}=${wire(value, json)}`) : `'${name}="'"$${PROOFS[name]}"'"'`;

/** A page of a package that is no Web API: with the session, with a token of SSO Server, or for everybody. */
function siteLine({ httpMethod, path, params, headers }: RequestRecord): string {
	const words = ['curl', '-s'];
	if (httpMethod === 'GET' && Object.keys(params).length > 0) words.push('-G');
	if (headers['cookie'] !== undefined) words.push('-H', '"X-SYNO-TOKEN: $TOKEN"', '-H', '"cookie: id=$SID"');
	if (headers['authorization'] !== undefined) words.push('-H', '"authorization: Bearer $ACCESS_TOKEN"');
	words.push(`"$NAS${path}"`);
	for (const [name, value] of Object.entries(params))
		words.push(
			'--data-urlencode',
			name === 'access_token' ? '"access_token=$ACCESS_TOKEN"' : quote(`${name}=${wire(value, false)}`),
		);
	return words.join(' ');
}

/** In a multipart request DSM reads the session and the routing keys from the query only (core.md 3.4, 10). */
function multipart(api: string, method: string, version: number, fields: [string, unknown][]): string[] {
	const url = `"$NAS/webapi/entry.cgi?api=${api}&version=${version}&method=${method}&_sid=$SID"`;
	return [
		url,
		...fields.flatMap(([name, value]) => ['-F', quote(`${name}=${wire(value, typeof value !== 'string')}`)]),
	];
}

/** Ids that are made up anew each time; the reference shows always the same one. */
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const SAMPLE_UUID = '6f0c1c9e-7a53-4f5e-9d5b-2f5a0f1e2d3c';
const DAV_HEADERS = ['depth', 'if-match', 'if-none-match', 'destination', 'overwrite'];

/** A request of CardDAV or CalDAV: account and password instead of a session. */
function davLine({ httpMethod, path, headers, body = '' }: RequestRecord): string {
	const words = ['curl', '-s', '-u', '"$ACCOUNT:$PASSWORD"', '-X', httpMethod];
	for (const name of DAV_HEADERS) if (headers[name] !== undefined) words.push('-H', quote(`${name}: ${headers[name]}`));
	const text = body.replaceAll('\r\n', '\n').replace(/>\s+</g, '><').trimEnd();
	if (text !== '') words.push('-H', quote(`content-type: ${headers['content-type']}`), '--data-binary', quote(text));
	return [...words, `"$NAS${path}"`].join(' ').replace(UUID, SAMPLE_UUID);
}

const wire = (value: unknown, json: boolean): string =>
	json || typeof value === 'object' ? JSON.stringify(value) : String(value);
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Login once per shell, and the file that uploads send; every example needs its three variables. */
export const LOGIN = `echo Hello > hello.txt
NAS=https://nas.example.com:5001
LOGIN=$(curl -s "$NAS/webapi/entry.cgi" -d api=SYNO.API.Auth -d version=6 -d method=login -d format=sid -d enable_syno_token=yes --data-urlencode "account=$ACCOUNT" --data-urlencode "passwd=$PASSWORD")
SID=$(printf %s "$LOGIN" | sed 's/.*"sid":"\\([^"]*\\)".*/\\1/')
TOKEN=$(printf %s "$LOGIN" | sed 's/.*"synotoken":"\\([^"]*\\)".*/\\1/')`;
