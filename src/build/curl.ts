import { loadApis } from '../simulator/apis';
import type { RequestRecord } from '../simulator';

const apis = loadApis('7.2');

/** A request as a curl line for a POSIX shell in which NAS, SID and TOKEN are set. */
export function curlLine({ api, method, version, params, bodyKind }: RequestRecord): string {
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
	for (const [name, value] of fields) words.push('--data-urlencode', quote(`${name}=${wire(value, json)}`));
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

const wire = (value: unknown, json: boolean): string =>
	json || typeof value === 'object' ? JSON.stringify(value) : String(value);
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Login once per shell, and the file that uploads send; every example needs its three variables. */
export const LOGIN = `echo Hello > hello.txt
NAS=https://nas.example.com:5001
LOGIN=$(curl -s "$NAS/webapi/entry.cgi" -d api=SYNO.API.Auth -d version=6 -d method=login -d format=sid -d enable_syno_token=yes --data-urlencode "account=$ACCOUNT" --data-urlencode "passwd=$PASSWORD")
SID=$(printf %s "$LOGIN" | sed 's/.*"sid":"\\([^"]*\\)".*/\\1/')
TOKEN=$(printf %s "$LOGIN" | sed 's/.*"synotoken":"\\([^"]*\\)".*/\\1/')`;
