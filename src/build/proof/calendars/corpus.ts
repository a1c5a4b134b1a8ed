/** Calendars of the kinds of lines that programs write, put together by chance that can be repeated. */

const ATTENDEES = [
	'ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=OPT-PARTICIPANT;PARTSTAT=DECLINED;CN=Bob:mailto:bob@example.com',
	'ATTENDEE;CN="Miller; Dana: sales";X-NUM-GUESTS=0;SCHEDULE-STATUS="2.0;Success":mailto:dana@example.org',
	'ATTENDEE;CUTYPE=ROOM;DELEGATED-TO="mailto:a@example.com","mailto:b@example.com":urn:uuid:room-2',
	'ATTENDEE;EMAIL=carol@example.com;DIR="ldap://example.com/o=x":invalid:nomail',
];

/** Each is a feature: lines that belong together. */
const PROPERTIES: readonly string[][] = [
	['CLASS:CONFIDENTIAL'],
	['TRANSP:TRANSPARENT'],
	['STATUS:TENTATIVE'],
	['PRIORITY:3'],
	['GEO:46.498295;11.354758'],
	['URL;VALUE=URI:https://nas.example.com/plan?a=1&b=2'],
	['CATEGORIES:Work,Über\\,all,', 'CATEGORIES;LANGUAGE=de:Haus'],
	['RESOURCES;ALTREP="CID:part1@example.com":Projector,Easel'],
	['COMMENT:Zeile eins\\nZeile zwei\\; mit\\, Zeichen \\\\ und 🎉'],
	['CONTACT;X-ROLE=boss:Bob\\, +39 0471 12345'],
	['RELATED-TO;RELTYPE=SIBLING:other@example.com'],
	['REQUEST-STATUS:3.7;Invalid user;ATTENDEE:mailto:bob@example.com'],
	['COLOR:turquoise', 'IMAGE;VALUE=URI;DISPLAY=BADGE;FMTTYPE=image/png:https://nas.example.com/i.png'],
	['CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=Room:https://meet.example.com/a'],
	['ATTACH;FMTTYPE=application/pdf;FILENAME=plan.pdf:https://nas.example.com/plan.pdf'],
	[
		'ATTACH;ENCODING=BASE64;VALUE=BINARY;FMTTYPE=text/plain:R3LDvMOfZSBhdXMgQm96ZW4sIHdvIGRlciBQbGFuIGxpZWd0IHVuZCB3YXJ0ZXQ=',
	],
	['ORGANIZER;CN=Alice;SENT-BY="mailto:desk@example.com":mailto:alice@example.com', ...ATTENDEES],
	ATTENDEES.slice(1, 3),
	['X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-ADDRESS="Via Roma 1\\n39100";X-TITLE=Roma:geo:46.498295,11.354758'],
	[
		'X-MICROSOFT-CDO-BUSYSTATUS:OOF',
		'X-MICROSOFT-CDO-ALLDAYEVENT:FALSE',
		'X-ALT-DESC;FMTTYPE=text/html:<p>Eins: zwei</p>',
	],
	['X-MOZ-GENERATION:4', 'X-MOZ-LASTACK:20260101T000000Z', 'X-LIC-ERROR;X-LIC-ERRORTYPE=VALUE-PARSE-ERROR:none'],
	['X-GOOGLE-CONFERENCE:https://meet.example.com/abc', 'X-SAME:one', 'X-SAME:one', 'X-SAME:two'],
	['X-LONG:' + 'ein langer Text mit Umlauten äöü und Zeichen 漢字 '.repeat(6) + 'Ende'],
	['x-lower;Param=Value:small letters', 'X-EMPTY:'],
	['CREATED:20250101T000000Z'],
	['SEQUENCE:7'],
];
const SERIES: readonly string[][] = [
	['RRULE:FREQ=WEEKLY;COUNT=5;BYDAY=MO'],
	['RRULE:FREQ=MONTHLY;BYDAY=-1FR;WKST=SU', 'EXDATE;TZID=Europe/Rome:20261030T100000,20261127T100000'],
	['RRULE:FREQ=YEARLY;UNTIL=20301005T080000Z', 'EXDATE:20271005T080000Z', 'RDATE;TZID=Europe/Rome:20270101T100000'],
	['RDATE;VALUE=PERIOD:20261101T100000Z/PT2H,20261102T100000Z/20261102T113000Z'],
];
const ALARMS: readonly string[][] = [
	[
		'ACTION:EMAIL',
		'SUMMARY:Soon',
		'DESCRIPTION:In ten\\, minutes',
		'ATTENDEE:mailto:a@example.com',
		'TRIGGER;RELATED=END:-PT10M',
	],
	['ACTION:DISPLAY', 'DESCRIPTION:At', 'TRIGGER;VALUE=DATE-TIME:20261005T060000Z', 'X-WR-ALARMUID:1-2'],
	[
		'ACTION:AUDIO',
		'TRIGGER:-P1DT2H',
		'REPEAT:2',
		'DURATION:PT5M',
		'ATTACH;VALUE=URI:Basso',
		'ACKNOWLEDGED:20261001T000000Z',
	],
];
const ROME = [
	...['BEGIN:VTIMEZONE', 'TZID:Europe/Rome', 'X-LIC-LOCATION:Europe/Rome'],
	...['BEGIN:DAYLIGHT', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200', 'TZNAME:CEST', 'DTSTART:19700329T020000'],
	...['RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU', 'END:DAYLIGHT', 'BEGIN:STANDARD', 'TZOFFSETFROM:+0200'],
	...['TZOFFSETTO:+0100', 'TZNAME:CET', 'DTSTART:19701025T030000', 'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU'],
	...['END:STANDARD', 'END:VTIMEZONE'],
];

/** Numbers of 0 to 1, the same for the same seed. */
function chance(seed: number): () => number {
	let state = seed * 2_654_435_761 + 1;
	return () => {
		state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 3_266_489_917) >>> 0;
		return state / 4_294_967_296;
	};
}

/** Folds as some program does: at its own width, with a blank or a tab. */
function foldedAt(line: string, width: number, blank: string, end: string): string {
	const characters = [...line];
	const pieces: string[] = [];
	for (let at = 0; at < characters.length; at += width) pieces.push(characters.slice(at, at + width).join(''));
	return pieces.join(`${end}${blank}`);
}

export interface Sample {
	name: string;
	kind: 'vevent' | 'vtodo';
	text: string;
}

export function sampleOf(seed: number): Sample {
	const next = chance(seed);
	const some = <T>(all: readonly T[], share: number): T[] => all.filter(() => next() < share);
	const one = <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)]!;
	const shuffled = <T>(all: readonly T[]): T[] =>
		all
			.map((value) => ({ value, at: next() }))
			.sort((a, b) => a.at - b.at)
			.map(({ value }) => value);
	const kind = seed % 4 === 3 ? 'vtodo' : 'vevent';
	const [end, width, blank] = [one(['\r\n', '\r\n', '\n']), one([75, 60, 20, 9, 400]), one([' ', ' ', '\t'])];
	const isSeries = kind === 'vevent' && next() < 0.5;
	const times =
		kind === 'vtodo'
			? one([
					['DUE;TZID=Europe/Rome:20261005T110000'],
					['DTSTART;VALUE=DATE:20261001', 'DUE;VALUE=DATE:20261005'],
					['PERCENT-COMPLETE:40'],
				])
			: isSeries
				? ['DTSTART;TZID=Europe/Rome:20261005T100000', one(['DTEND;TZID=Europe/Rome:20261005T110000', 'DURATION:PT1H'])]
				: one([
						['DTSTART:20261005T080000Z', 'DTEND:20261005T090000Z'],
						['DTSTART;VALUE=DATE:20261224', 'DTEND;VALUE=DATE:20261227'],
						['DTSTART:20261224'],
						['DTSTART:20261005T100000', 'DURATION:P1DT2H'],
					]);
	const own = [
		'SUMMARY;LANGUAGE=de:Besprechung\\, Raum 2',
		'DESCRIPTION;ALTREP="cid:x@example.com":Erste Zeile\\nZweite',
		'LOCATION:Bozen',
		'DTSTAMP:20260101T000000Z',
	];
	const alarms = some(ALARMS, 0.4).flatMap((lines) => ['BEGIN:VALARM', ...lines, 'END:VALARM']);
	const body = shuffled([
		...times,
		...some(own, 0.8),
		...(isSeries ? one(SERIES) : []),
		...some(PROPERTIES, 0.35).flat(),
	]);
	const name = kind.toUpperCase();
	const master = [`BEGIN:${name}`, `UID:sample-${seed}@example.com`, ...body, ...alarms, `END:${name}`];
	const override = [
		'BEGIN:VEVENT',
		`UID:sample-${seed}@example.com`,
		'RECURRENCE-ID;TZID=Europe/Rome:20261012T100000',
		'DTSTART;TZID=Europe/Rome:20261012T150000',
		'SUMMARY:Moved',
		...some(PROPERTIES, 0.2).flat(),
		'END:VEVENT',
	];
	const head = [
		'VERSION:2.0',
		one(['PRODID:-//Example//Program 1.0//EN', 'PRODID;X-A="b:c":x']),
		...some(
			[
				'CALSCALE:GREGORIAN',
				'METHOD:PUBLISH',
				'X-WR-CALNAME:Büro',
				'X-WR-TIMEZONE:Europe/Rome',
				'NAME:Büro',
				'REFRESH-INTERVAL;VALUE=DURATION:PT12H',
			],
			0.4,
		),
	];
	const events = isSeries && next() < 0.6 ? shuffled([master, override]).flat() : master;
	const lines = ['BEGIN:VCALENDAR', ...head, ...(isSeries ? ROME : []), ...events, 'END:VCALENDAR'];
	const text = lines.map((line) => foldedAt(line, /^(BEGIN|END):/.test(line) ? 400 : width, blank, end)).join(end);
	return { name: `${kind} ${seed}`, kind, text: next() < 0.1 ? text : `${text}${end}` };
}
