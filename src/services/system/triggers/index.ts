export * from './backup';
export * from './machine';
export * from './news';
export * from './reachability';
export * from './software';
export * from './storage';
