import type { Checked } from '../services/api/check';
import { OUTCOMES, type ServiceSummary } from '../services/api/check/report';

type Said = Omit<Checked, 'report'>;

const UNFINISHED = 'The time was over before everything was tried.';

/** Every text of a summary, for hosts that have other languages: `#` stands for a number, `*` for a name. */
export const CHECK_TEXTS = [
	'# work',
	'# differ',
	'# missing',
	'# refused',
	'# failed',
	'# skipped',
	'left out: it would keep the NAS busy',
	'needs the connection of a bot',
	'needs a value of yours for "*"',
	'nothing on this NAS for "*"',
	'nothing on this NAS fits it',
	'no time was left',
	'needs the package "*"',
	'needs another release of DSM',
	'needs its DAV server',
	'its DAV server was not reached',
	'needs an administrator',
	'needs the application privilege "*"',
	'the account may not do this',
	'its result is of another form',
	'its answer is of another form',
	'* answers in another form',
	'it took too long',
	'the NAS was not reached',
	'what lists gave does not fit it',
	'code #',
	'code #: *',
	UNFINISHED,
];

const WORDS = { works: 'work', differs: 'differ', missing: 'missing', refused: 'refused' };

/** `6 work, 2 missing`: what there is none of is left out, but for what works. */
export const countsOf = (summary: ServiceSummary): string[] =>
	OUTCOMES.filter((outcome) => outcome === 'works' || summary[outcome] > 0).map(
		(outcome) => `${summary[outcome]} ${(WORDS as Record<string, string>)[outcome] ?? outcome}`,
	);

/** What a check found, for a person to read: a line for each service, and below it why not more works. */
export function summaryText({ dsm, complete, services }: Said): string {
	const lines = services.map((service) =>
		[`${service.title}: ${countsOf(service).join(', ')}`, ...service.reasons.map((reason) => `  ${reason}`)].join('\n'),
	);
	return [`DSM ${dsm}`, ...lines, ...(complete ? [] : [UNFINISHED])].join('\n');
}
