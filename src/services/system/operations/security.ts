import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { certificateState, withDaysLeft } from '../lib/certificates';
import * as wire from '../wire/security';

const listCertificates = operation({
	title: 'List certificates',
	summary: 'Gives the certificates with the day they expire and what uses them. Needs an administrator.',
	call: wire.listCertificates,
	params: z.object({}),
	response: (row, { now }) => withDaysLeft(row, now),
	result: z.array(certificateState),
});

const getScan = operation({
	title: 'Get the security scan',
	summary: 'Gives what Security Advisor found at its last scan. Needs an administrator.',
	call: wire.getScan,
	params: z.object({}),
});

const startScan = operation({
	title: 'Start a security scan',
	summary: 'Lets Security Advisor look at the NAS now. Needs an administrator.',
	call: wire.startScan,
	params: z.object({}),
	request: () => ({ items: 'ALL' }),
});

const listLoginActivity = operation({
	title: 'List login activity',
	summary: 'Gives the logins that Security Advisor takes for abnormal, the newest first. Needs an administrator.',
	call: wire.listLoginActivity,
	params: z.object({}),
	request: () => ({ start: 0, limit: 200 }),
});

const getHomeMode = operation({
	title: 'Get home mode',
	summary: 'Says whether the home mode of Surveillance Station is on. Needs rights in Surveillance Station.',
	right: 'privilege',
	call: wire.getHomeMode,
	params: z.object({}),
});

const switching = (title: string, summary: string, on: boolean) =>
	operation({
		title,
		summary,
		right: 'privilege',
		call: wire.switchHomeMode,
		params: z.object({}),
		request: () => ({ on }),
	});
const enableHomeMode = switching(
	'Enable home mode',
	'Switches the home mode of Surveillance Station on. Needs rights in Surveillance Station.',
	true,
);
const disableHomeMode = switching(
	'Disable home mode',
	'Switches the home mode of Surveillance Station off. Needs rights in Surveillance Station.',
	false,
);

const startIndexing = operation({
	title: 'Start indexing media',
	summary: 'Lets the NAS read all photos, music and videos again. Needs an administrator.',
	call: wire.startIndexing,
	params: z.object({}),
});

export const certificates = resource('Certificate', { list: listCertificates });
export const securities = resource('Security', { getScan, startScan, listLoginActivity });
export const homeModes = resource('Home mode', { get: getHomeMode, enable: enableHomeMode, disable: disableHomeMode });
export const medias = resource('Media index', { start: startIndexing });
