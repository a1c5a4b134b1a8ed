export { note } from './service';
