/** A moment as results give it. */
export const iso = (milliseconds: number): string => new Date(milliseconds).toISOString().replace('.000Z', 'Z');
