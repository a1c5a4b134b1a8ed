import type { Nas } from '../../simulator';
import { answerWith, page, type Accident } from './relay';

export interface Fault {
	/** As a user would say it. */
	title: string;
	/** On the way between this client and the NAS. */
	accident?: Accident;
	/** In the NAS itself. */
	inNas?: (nas: Nas) => void;
	/** Nothing in the answers shows that they are not so. */
	isCredible?: true;
}

const half = (body: Buffer): Buffer => body.subarray(0, Math.ceil(body.length / 2));
const nothing = Buffer.alloc(0);

/** What goes wrong between a NAS and whoever asks it. `accident` comes to the requests of the work itself, not to discovery and login. */
export const FAULTS: readonly Fault[] = [
	{ title: 'Connection cut before the request arrives', accident: ({ response }) => void response.destroy() },
	{
		title: 'Connection cut after the request was carried out',
		accident: async ({ forward, response }) => {
			await forward();
			response.destroy();
		},
	},
	{
		title: 'Connection cut in the middle of the answer',
		accident: async ({ forward, response }) => {
			const { status, headers, body } = await forward();
			const { 'transfer-encoding': _, ...rest } = headers;
			response.writeHead(status, { ...rest, 'content-length': body.length });
			response.write(half(body), () => response.destroy());
		},
	},
	{
		title: 'Answer shortened by a proxy, which does not say so',
		accident: async ({ forward, response }) => {
			const answer = await forward();
			answerWith(response, { ...answer, body: half(answer.body) });
		},
	},
	{
		title: 'No answer at all',
		accident: async ({ forward }) => void (await forward()),
	},
	{
		title: 'Answer that stops half-way, and is given up 5 seconds later',
		accident: async ({ forward, response }) => {
			const { status, headers, body } = await forward();
			const { 'transfer-encoding': _, ...rest } = headers;
			response.writeHead(status, { ...rest, 'content-length': body.length });
			setTimeout(() => response.destroy(), 5000).unref();
			response.flushHeaders();
			// What is asked for from there on does not come at all, or each answer would bring a half of the rest.
			if (headers['content-range'] === undefined) response.write(half(body));
		},
	},
	{
		title: 'Page 502 of a proxy, the NAS was not reached',
		accident: ({ response }) => page(response, 502, 'Bad Gateway'),
	},
	{
		title: 'Page 504 of a proxy, the NAS goes on working',
		accident: async ({ forward, response }) => {
			await forward();
			page(response, 504, 'Gateway Time-out');
		},
	},
	{
		title: 'HTTP 429, "Retry-After: 5"',
		accident: ({ response }) => page(response, 429, 'Too Many Requests', { 'retry-after': '5' }),
	},
	{ title: 'Login page of a proxy', accident: ({ response }) => page(response, 200, 'Sign in') },
	{
		title: 'Redirect to another address',
		accident: ({ response }) => void response.writeHead(302, { location: 'https://nas.example.com/' }).end(),
	},
	{
		title: 'Empty success of a program that died (HTTP 200, no text)',
		accident: async ({ forward, response }) => {
			await forward();
			answerWith(response, { status: 200, headers: {}, body: nothing });
		},
	},
	{
		title: 'Success without what it should hold',
		accident: async ({ forward, response, isDav }) => {
			const answer = await forward();
			const { status, headers } = answer;
			if (isDav) return answerWith(response, { status, headers, body: nothing });
			// What the NAS refuses stays refused.
			if (/"success":false/.test(answer.body.toString('latin1'))) return answerWith(response, answer);
			const body = Buffer.from('{"success":true}');
			answerWith(response, { status: 200, headers: { 'content-type': 'application/json' }, body });
		},
	},
	{ title: 'Empty lists, as while a package starts', inNas: (nas) => nas.lie('emptyList'), isCredible: true },
	{ title: 'Half of each list', inNas: (nas) => nas.lie('halfList'), isCredible: true },
	{ title: 'Clock of the answers a year ahead', inNas: (nas) => nas.lie('wrongDate') },
	...[
		[106, 'timed out'],
		[107, 'ended by another login'],
		[119, 'forgotten, as after a restart'],
	].map(([code, what]): Fault => ({
		title: `Session ${what} (code ${code})`,
		inNas: (nas) => nas.faults.loseSessions(Number(code)),
	})),
];
