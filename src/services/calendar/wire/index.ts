export * from './calendar';
export * from './event';
export * from './setting';
export type { WireReminder } from './shapes';
export * from './todo';
export * from './unpublished';
