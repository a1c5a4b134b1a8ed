export { identity } from './service';
