/** APIs of accounts and sign-in among those of DSM itself. */
export const IDENTITY_APIS = [
	'SYNO.Core.User',
	'SYNO.Core.Group',
	'SYNO.Core.AppPriv',
	'SYNO.Core.NormalUser',
	'SYNO.Core.OTP',
	'SYNO.Core.TrustDevice',
	'SYNO.Core.SmartBlock',
	'SYNO.Core.Security.AutoBlock',
	'SYNO.Core.Directory',
	'SYNO.Core.OAuth.',
	'SYNO.OAUTH.',
	'SYNO.Personal.',
	'SYNO.SecureSignIn.',
] as const;
