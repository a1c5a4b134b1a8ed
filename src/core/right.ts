/** The least that an account must be: any one, one with the privilege of the application, or an administrator. */
export type Right = 'account' | 'privilege' | 'administrator';
