import type { BehaviourTable } from '../../core/behaviour';
import { admin, behaviour } from './call';
import { integer, pageOf, requiredText, text } from './params';
import { badParameter, refuse } from './refusal';

/** State, settings and small parts of the service (drive.md 6.4, 7.4, 9.6, 11.1, 11.6, 11.7). */
export const serviceBehaviours: BehaviourTable = {
	'SYNO.SynologyDrive.Info.get': behaviour(({ drive, user, request }) => {
		const [, major = '3', minor = '5', hotfix = '1', build = '26102'] =
			/^(\d+)\.(\d+)\.(\d+)-(\d+)/.exec(request.nas.packages.get('SynologyDrive')?.version ?? '') ?? [];
		return {
			data: {
				username: user.name,
				uid: user.uid,
				nickname: user.nickname,
				displayname_result: user.name,
				is_manager: user.administrator,
				is_home: drive.switches.homes,
				has_backup: false,
				has_ame: false,
				support_hevc: false,
				beta: false,
				ds_id: request.nas.capabilities.serial,
				enable_mydrive_versioning: true,
				mydrive_keep_versions: 8,
				enable_non_admin_user_sync: true,
				mobile_compatibility: { major: '3', minor: '0' },
				version: { major, minor, hotfix, build },
			},
		};
	}),
	'SYNO.SynologyDrive.Info.noop': behaviour(() => ({})),
	'SYNO.SynologyDrive.DSM.get': behaviour(() => ({ data: true })),
	'SYNO.SynologyDrive.get_status': admin(() => ({
		data: {
			enable_status: 'Enabled',
			cstn_freeze: false,
			no_folder_available: false,
			csrv_enable: true,
			csrv_status: 'connected success',
			csrv_alias_err: '',
		},
	})),
	'SYNO.SynologyDrive.Config.get': admin(({ drive, request }) => ({
		data: {
			ds_id: request.nas.capabilities.serial,
			volume_select: '/volume1',
			volume_list: [
				{
					id: 'volume_1',
					value: '/volume1',
					display: 'Volume 1',
					desc: '',
					mount_point: '/volume1',
					size_free: '3298534883328',
					size_total: '3848290697216',
				},
			],
			enable_vmtouch: false,
			vmtouch_reserve_mem: 30,
			display_vmtouch_option: true,
			del_cnt: 0,
			del_span: 0,
			use_del_by_cnt: false,
			use_del_by_span: false,
			enable_non_admin_user_sync: true,
			advanced_feature_activated: false,
			support_moving_repository: true,
			display_index_home_promotion: false,
			...drive.config,
		},
	})),
	'SYNO.SynologyDrive.Config.set': admin(({ drive, params }) => {
		if ('enable_vmtouch' in params !== 'vmtouch_reserve_mem' in params)
			return badParameter('vmtouch_reserve_mem', 'required');
		Object.assign(drive.config, params);
		return {};
	}),
	'SYNO.SynologyDrive.Statistics.get': admin(() => ({ data: { statistics: [], total: 0 } })),
	'SYNO.SynologyDrive.Dashboard.top_access_files': admin(({ drive, params }) => {
		const rank = text(params, 'ranking_by') ?? 'both';
		if (!['both', 'preview', 'download'].includes(rank)) return badParameter('ranking_by', 'type');
		const used = [...drive.recents.values()].flat();
		const rows = [...new Set(used)].map((node) => ({
			name: node.name,
			path: drive.pathOf(node),
			permanent_link: node.permanent_link,
		}));
		return { data: { files: pageOf(rows, params) } };
	}),
	'SYNO.SynologyDrive.Activation.get': admin(({ request }) => ({
		data: { activated: true, activation_time: 0, serial_number: request.nas.capabilities.serial },
	})),
	'SYNO.SynologyDrive.Settings.list': behaviour(({ drive, user }) => ({
		data: {
			...SETTINGS,
			...drive.settings,
			sharing_permission: {
				invite_sharing: true,
				internal_link_sharing: true,
				public_sharing: user.administrator || drive.settings.enable_public_sharing !== false,
				public_force_password: drive.settings.sharing_force_password === true,
				public_force_expiration_days: drive.settings.sharing_force_expiration ?? 0,
			},
		},
	})),
	'SYNO.SynologyDrive.Settings.update': admin(({ drive, params }) => {
		Object.assign(drive.settings, params);
		return {};
	}),
	'SYNO.SynologyDrive.Settings.list_targets': admin(() => ({ data: { items: [], total: 0 } })),
	'SYNO.SynologyDrive.Privilege.list': admin(({ drive, params }) => {
		if (params.additional !== undefined && !Array.isArray(params.additional)) return badParameter('additional', 'type');
		const asked = (params.additional ?? []) as string[];
		const users = [...drive.nas.users.values()].map((user) => ({
			name: user.name,
			...(asked.includes('enabled') && { enabled: drive.nas.allows(user, 'SYNO.SDS.Drive.Application') }),
			...(asked.includes('status') && { status: user.loginCode === 401 ? 'disabled' : 'normal' }),
		}));
		const limit = integer(params, 'limit') ?? -1;
		const offset = integer(params, 'offset') ?? 0;
		return {
			data: { offset, total: users.length, users: users.slice(offset, limit < 0 ? undefined : offset + limit) },
		};
	}),
	'SYNO.SynologyDrive.Profiles.list': admin(() => ({ data: { profile_list: [], total: 0 } })),
	'SYNO.SynologyDrive.Migration.UserHome.list': admin(() => ({ data: { items: [], total: 0 } })),
	'SYNO.SynologyDrive.Metrics.Token.get': admin(({ drive }) => ({ data: { metrics_token: drive.secret() } })),
	'SYNO.SynologyDrive.HybridShare.Privilege.list': admin(() => ({
		data: { list: [], enabled_count: 0, quota: 0, offset: 0, total: 0 },
	})),
	'SYNO.SynologyDriveShareSync.Config.get': admin(() => ({
		data: {
			conflict_policy: 'compare_mtime',
			rename_conflict: true,
			repo_loc: '/volume1',
			synchronization_mode: 'two_way',
		},
	})),
	'SYNO.SynologyDriveShareSync.Connection.list': admin(() => ({ data: { conn: [], is_pause: false, total: 0 } })),
	'SYNO.SynologyDriveShareSync.Session.list': admin(() => refuse(401, 'malformed task information')),

	'SYNO.SynologyDrive.Notifications.list': behaviour(({ drive, user, params }) => {
		const rows = drive.notifications.filter((one) => one.user === user.name).map(({ row }) => row);
		return { data: { items: pageOf(rows, params), total: rows.length } };
	}),
	'SYNO.SynologyDrive.Notifications.delete': behaviour(({ drive, user, params }) => {
		const id = requiredText(params, 'notification_id');
		const at = drive.notifications.findIndex((one) => one.user === user.name && one.row.notification_id === id);
		if (at < 0) return refuse(1000, 'invalid arguments');
		drive.notifications.splice(at, 1);
		return {};
	}),
};

const SETTINGS: Record<string, unknown> = {
	enable_public_sharing: true,
	enable_normal_user_sharing: true,
	sharing_level: 'all',
	sharing_internal_level: 'all',
	sharing_force_password: false,
	sharing_force_expiration: 0,
	sharing_force_selected: false,
	sharing_force_selected_users: [],
	sharing_force_selected_groups: [],
	force_https_sharing_link: false,
	enable_sharing_link_customization: false,
	sharing_link_customization: '',
	sharing_link_fully_custom_url: '',
	sharing_link_options: [],
	sharing_link_by_email: true,
	enable_c2share_offload: false,
	default_displayname: 'username',
	default_enable_full_content_indexing: false,
	global_hide_prompt_toast: false,
};
