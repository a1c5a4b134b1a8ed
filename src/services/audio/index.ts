export { audio } from './service';
