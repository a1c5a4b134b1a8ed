import { field } from '../../../catalog/row';
import { connection, kickConnections, listConnections } from '../../system/wire/logs';
import { localMoment } from '../../system/lib/moments';

export { kickConnections, listConnections };

/** A connection through the web; `did` names its device. */
export const session = connection
	.with({
		user_agent: field.text().optional(),
		location: field.text().optional(),
		first_login_time: localMoment().optional(),
		is_otp_trusted: field.flag().optional(),
	})
	.as({
		simple: ['who', 'from', 'descr', 'time', 'user_agent', 'location', 'did', 'can_be_kicked', 'is_current_connected'],
	});

export const NEWEST = { sort_by: 'time', sort_direction: 'DESC' };
export const isWeb = ({ type }: { type?: string | undefined }): boolean => type === 'HTTP/HTTPS';
