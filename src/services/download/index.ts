export { download } from './service';
