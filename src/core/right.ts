/** The least that an account must be: any one, one with the privilege of the application, or an administrator. */
export type Right = 'account' | 'privilege' | 'administrator';

/** The least right that an operation or trigger of a service needs: what it says, else the service, else the privilege, if there is one. */
export const rightIn = (
	declaration: { right?: Right },
	{ right, privilege }: { right?: Right; privilege?: unknown },
): Right => declaration.right ?? right ?? (privilege === undefined ? 'account' : 'privilege');
